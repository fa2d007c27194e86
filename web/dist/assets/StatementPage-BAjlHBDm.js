import{C as e,E as t,S as n,_ as r,dt as i,f as a,g as o,lt as s,vt as c,x as l}from"./words-3J9bIgjj.js";import{C as u,o as d,w as f}from"./index-DxfdG-Dn.js";import{a as p,r as m,t as h}from"./dates-DcKmLSwm.js";import{r as g}from"./preload-helper-B4R1eFGI.js";import{n as _,t as v}from"./DayField-DLf6O_--.js";var y=p();function b({customer:e}){let{fullId:t,email:n,phone:r,billToAddress:i,currency:o,outstandingBalance:s}=e;return(0,y.jsxs)(f,{children:[(0,y.jsx)(u,{name:`Number`,children:t}),i&&(0,y.jsx)(u,{name:`Address`,children:i.name}),n&&(0,y.jsx)(u,{name:`Email`,children:(0,y.jsx)(`a`,{href:`mailto:${n}`,children:n})}),r&&(0,y.jsx)(u,{name:`Phone`,children:(0,y.jsx)(`a`,{href:`tel:${r}`,children:r})}),(0,y.jsx)(u,{name:`Outstanding balance`,children:(0,y.jsx)(`strong`,{children:a(s,o)})})]})}function x({statement:e}){let{from:t,to:n,currency:r,openingBalance:i,lines:o,closingBalance:s}=e;return(0,y.jsx)(`div`,{className:`scroll`,children:(0,y.jsxs)(`table`,{children:[(0,y.jsxs)(`caption`,{children:[`Statement from `,m(t),` to `,m(n),`, in `,r]}),(0,y.jsx)(`thead`,{children:(0,y.jsxs)(`tr`,{children:[(0,y.jsx)(`th`,{scope:`col`,children:`Date`}),(0,y.jsx)(`th`,{scope:`col`,children:`Description`}),(0,y.jsx)(`th`,{scope:`col`,className:`amount`,children:`Charge`}),(0,y.jsx)(`th`,{scope:`col`,className:`amount`,children:`Credit`}),(0,y.jsx)(`th`,{scope:`col`,className:`amount`,children:`Balance`})]})}),(0,y.jsxs)(`tbody`,{children:[(0,y.jsx)(C,{name:`Opening balance`,day:t,amount:a(i,r)}),o.map(e=>(0,y.jsx)(S,{line:e,currency:r},e.payment?.id??e.invoice?.id))]}),(0,y.jsx)(`tfoot`,{children:(0,y.jsx)(C,{name:`Closing balance`,day:n,amount:a(s,r)})})]})})}function S({line:e,currency:t}){let{date:n,description:r,invoice:i,payment:o,charge:c,credit:l,balance:u}=e,d=i?.fullId??o?.invoice.fullId;return(0,y.jsxs)(`tr`,{children:[(0,y.jsx)(`td`,{children:m(n)}),(0,y.jsx)(`td`,{children:(0,y.jsx)(s,{to:`/invoices/${d}`,children:r})}),(0,y.jsx)(`td`,{className:`amount`,children:c!=null&&a(c,t)}),(0,y.jsx)(`td`,{className:`amount`,children:l!=null&&a(l,t)}),(0,y.jsx)(`td`,{className:`amount`,children:a(u,t)})]})}function C({name:e,day:t,amount:n}){return(0,y.jsxs)(`tr`,{children:[(0,y.jsx)(`td`,{children:m(t)}),(0,y.jsx)(`th`,{scope:`row`,colSpan:3,children:e}),(0,y.jsx)(`td`,{className:`amount`,children:n})]})}var w=e(`
  query CustomerStatement($id: ID!, $from: Date!, $to: Date!) {
    node(id: $id) {
      ... on Customer {
        id
        statement(from: $from, to: $to) {
          from
          to
          currency
          openingBalance
          lines {
            date
            description
            invoice { id fullId }
            payment { id invoice { id fullId } }
            charge
            credit
            balance
          }
          closingBalance
        }
      }
    }
  }
`);function T({customer:e}){let[a]=i(),o=g(n().organization.timeZone),s=h(o,-90),c={from:_(a,`from`,s),to:_(a,`to`,o)},[l]=t({query:w,variables:{id:e.id,...c},requestPolicy:`cache-and-network`}),u=l.error?.graphQLErrors.find(({extensions:e})=>e.code===`BAD_USER_INPUT`);return(0,y.jsxs)(y.Fragment,{children:[(0,y.jsxs)(`div`,{className:`actions days`,children:[(0,y.jsx)(v,{label:`From`,name:`from`,fallback:s,error:u?.message}),(0,y.jsx)(v,{label:`To`,name:`to`,fallback:o})]}),u===void 0&&(0,y.jsx)(r,{query:l,children:({node:e})=>e?.__typename===`Customer`&&(0,y.jsx)(`div`,{"aria-busy":l.fetching,className:`answer`,children:(0,y.jsx)(x,{statement:e.statement})})})]})}var E=e(`
  query Customer($id: ID!) {
    customer(id: $id) {
      id
      fullId
      name
      email
      phone
      billToAddress { id name }
      currency
      outstandingBalance
    }
  }
`);function D(){let{customerId:e=``}=c(),[n]=t({query:E,variables:{id:e},requestPolicy:`cache-and-network`});return o(n.data?.customer?.name??`Customer`),(0,y.jsx)(`section`,{className:`page statement`,children:(0,y.jsx)(r,{query:n,children:({customer:e})=>e?(0,y.jsx)(O,{customer:e},e.id):(0,y.jsx)(k,{})})})}function O({customer:e}){let{organization:t}=n(),r=l();return(0,y.jsxs)(y.Fragment,{children:[(0,y.jsxs)(`p`,{className:`on-paper`,children:[t.name,`: statement of account`]}),(0,y.jsxs)(`header`,{className:`title`,children:[(0,y.jsx)(`h1`,{children:e.name}),(0,y.jsxs)(`div`,{className:`actions`,children:[(0,y.jsx)(s,{to:d({customer:e.id}),children:`Invoices`}),r&&(0,y.jsx)(s,{to:`/cheque?customer=${e.id}`,children:`Record a cheque`}),(0,y.jsx)(`button`,{type:`button`,onClick:()=>print(),children:`Print`})]})]}),(0,y.jsx)(b,{customer:e}),(0,y.jsx)(T,{customer:e})]})}function k(){return(0,y.jsxs)(y.Fragment,{children:[(0,y.jsx)(`h1`,{children:`There is no such customer`}),(0,y.jsx)(`p`,{children:(0,y.jsx)(s,{to:`/aging`,children:`Who owes how much`})})]})}export{D as default};