import{C as e,E as t,S as n,_ as r,dt as i,f as a,g as o,lt as s,vt as c,x as l}from"./words-DMiMRSHm.js";import{a as u}from"./index-DFLePaPa.js";import{a as d,r as f,t as p}from"./dates-DcKmLSwm.js";import{r as m}from"./preload-helper-B4R1eFGI.js";import{n as h,t as g}from"./DayField-BPRJb0qk.js";var _=d();function v({customer:e}){let{fullId:t,email:n,phone:r,billToAddress:i,currency:o,outstandingBalance:s}=e;return(0,_.jsxs)(`dl`,{className:`facts`,children:[(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Number`}),(0,_.jsx)(`dd`,{children:t})]}),i&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Address`}),(0,_.jsx)(`dd`,{children:i.name})]}),n&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Email`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`a`,{href:`mailto:${n}`,children:n})})]}),r&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Phone`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`a`,{href:`tel:${r}`,children:r})})]}),(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Outstanding balance`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`strong`,{children:a(s,o)})})]})]})}function y({statement:e}){let{from:t,to:n,currency:r,openingBalance:i,lines:o,closingBalance:s}=e;return(0,_.jsx)(`div`,{className:`scroll`,children:(0,_.jsxs)(`table`,{children:[(0,_.jsxs)(`caption`,{children:[`Statement from `,f(t),` to `,f(n),`, in `,r]}),(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`Date`}),(0,_.jsx)(`th`,{scope:`col`,children:`Description`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Charge`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Credit`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Balance`})]})}),(0,_.jsxs)(`tbody`,{children:[(0,_.jsx)(x,{name:`Opening balance`,day:t,amount:a(i,r)}),o.map(e=>(0,_.jsx)(b,{line:e,currency:r},e.payment?.id??e.invoice?.id))]}),(0,_.jsx)(`tfoot`,{children:(0,_.jsx)(x,{name:`Closing balance`,day:n,amount:a(s,r)})})]})})}function b({line:e,currency:t}){let{date:n,description:r,invoice:i,payment:o,charge:c,credit:l,balance:u}=e,d=i?.fullId??o?.invoice.fullId;return(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{children:f(n)}),(0,_.jsx)(`td`,{children:(0,_.jsx)(s,{to:`/invoices/${d}`,children:r})}),(0,_.jsx)(`td`,{className:`amount`,children:c!=null&&a(c,t)}),(0,_.jsx)(`td`,{className:`amount`,children:l!=null&&a(l,t)}),(0,_.jsx)(`td`,{className:`amount`,children:a(u,t)})]})}function x({name:e,day:t,amount:n}){return(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{children:f(t)}),(0,_.jsx)(`th`,{scope:`row`,colSpan:3,children:e}),(0,_.jsx)(`td`,{className:`amount`,children:n})]})}var S=e(`
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
`);function C({customer:e}){let[a]=i(),o=m(n().organization.timeZone),s=p(o,-90),c={from:h(a,`from`,s),to:h(a,`to`,o)},[l]=t({query:S,variables:{id:e.id,...c},requestPolicy:`cache-and-network`}),u=l.error?.graphQLErrors.find(({extensions:e})=>e.code===`BAD_USER_INPUT`);return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`div`,{className:`actions days`,children:[(0,_.jsx)(g,{label:`From`,name:`from`,fallback:s,error:u?.message}),(0,_.jsx)(g,{label:`To`,name:`to`,fallback:o})]}),u===void 0&&(0,_.jsx)(r,{query:l,children:({node:e})=>e?.__typename===`Customer`&&(0,_.jsx)(`div`,{"aria-busy":l.fetching,className:`answer`,children:(0,_.jsx)(y,{statement:e.statement})})})]})}var w=e(`
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
`);function T(){let{customerId:e=``}=c(),[n]=t({query:w,variables:{id:e},requestPolicy:`cache-and-network`});return o(n.data?.customer?.name??`Customer`),(0,_.jsx)(`section`,{className:`page statement`,children:(0,_.jsx)(r,{query:n,children:({customer:e})=>e?(0,_.jsx)(E,{customer:e},e.id):(0,_.jsx)(D,{})})})}function E({customer:e}){let{organization:t}=n(),r=l();return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`p`,{className:`on-paper`,children:[t.name,`: statement of account`]}),(0,_.jsxs)(`header`,{className:`title`,children:[(0,_.jsx)(`h1`,{children:e.name}),(0,_.jsxs)(`div`,{className:`actions`,children:[(0,_.jsx)(s,{to:u({customer:e.id}),children:`Invoices`}),r&&(0,_.jsx)(s,{to:`/cheque?customer=${e.id}`,children:`Record a cheque`}),(0,_.jsx)(`button`,{type:`button`,onClick:()=>print(),children:`Print`})]})]}),(0,_.jsx)(v,{customer:e}),(0,_.jsx)(C,{customer:e})]})}function D(){return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`h1`,{children:`There is no such customer`}),(0,_.jsx)(`p`,{children:(0,_.jsx)(s,{to:`/aging`,children:`Who owes how much`})})]})}export{T as default};