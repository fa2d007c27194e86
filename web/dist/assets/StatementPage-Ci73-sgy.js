import{A as e,D as t,E as n,St as r,T as i,b as a,g as o,ht as s,pt as c,r as l,t as u,x as d}from"./dates-DowfQGkF.js";import{a as f}from"./index-Fu9I_Phs.js";import{t as p}from"./jsx-runtime-DApVmHJR.js";import{t as m}from"./today-CnfQkT3a.js";import{n as h,t as g}from"./DayField--i4g9nZ7.js";var _=p();function v({customer:e}){let{fullId:t,email:n,phone:r,billToAddress:i,currency:a,outstandingBalance:s}=e;return(0,_.jsxs)(`dl`,{className:`facts`,children:[(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Number`}),(0,_.jsx)(`dd`,{children:t})]}),i&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Address`}),(0,_.jsx)(`dd`,{children:i.name})]}),n&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Email`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`a`,{href:`mailto:${n}`,children:n})})]}),r&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Phone`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`a`,{href:`tel:${r}`,children:r})})]}),(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Outstanding balance`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`strong`,{children:o(s,a)})})]})]})}function y({statement:e}){let{from:t,to:n,currency:r,openingBalance:i,lines:a,closingBalance:s}=e;return(0,_.jsx)(`div`,{className:`scroll`,children:(0,_.jsxs)(`table`,{children:[(0,_.jsxs)(`caption`,{children:[`Statement from `,l(t),` to `,l(n),`, in `,r]}),(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`Date`}),(0,_.jsx)(`th`,{scope:`col`,children:`Description`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Charge`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Credit`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Balance`})]})}),(0,_.jsxs)(`tbody`,{children:[(0,_.jsx)(x,{name:`Opening balance`,day:t,amount:o(i,r)}),a.map(e=>(0,_.jsx)(b,{line:e,currency:r},e.payment?.id??e.invoice?.id))]}),(0,_.jsx)(`tfoot`,{children:(0,_.jsx)(x,{name:`Closing balance`,day:n,amount:o(s,r)})})]})})}function b({line:e,currency:t}){let{date:n,description:r,invoice:i,payment:a,charge:s,credit:u,balance:d}=e,f=i?.fullId??a?.invoice.fullId;return(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{children:l(n)}),(0,_.jsx)(`td`,{children:(0,_.jsx)(c,{to:`/invoices/${f}`,children:r})}),(0,_.jsx)(`td`,{className:`amount`,children:s!=null&&o(s,t)}),(0,_.jsx)(`td`,{className:`amount`,children:u!=null&&o(u,t)}),(0,_.jsx)(`td`,{className:`amount`,children:o(d,t)})]})}function x({name:e,day:t,amount:n}){return(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{children:l(t)}),(0,_.jsx)(`th`,{scope:`row`,colSpan:3,children:e}),(0,_.jsx)(`td`,{className:`amount`,children:n})]})}var S=t(`
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
`);function C({customer:t}){let[r]=s(),i=m(n().organization.timeZone),a=u(i,-90),o={from:h(r,`from`,a),to:h(r,`to`,i)},[c]=e({query:S,variables:{id:t.id,...o},requestPolicy:`cache-and-network`}),l=c.error?.graphQLErrors.find(({extensions:e})=>e.code===`BAD_USER_INPUT`);return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`div`,{className:`actions days`,children:[(0,_.jsx)(g,{label:`From`,name:`from`,fallback:a,error:l?.message}),(0,_.jsx)(g,{label:`To`,name:`to`,fallback:i})]}),l===void 0&&(0,_.jsx)(d,{query:c,children:({node:e})=>e?.__typename===`Customer`&&(0,_.jsx)(`div`,{"aria-busy":c.fetching,className:`answer`,children:(0,_.jsx)(y,{statement:e.statement})})})]})}var w=t(`
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
`);function T(){let{customerId:t=``}=r(),[n]=e({query:w,variables:{id:t},requestPolicy:`cache-and-network`});return a(n.data?.customer?.name??`Customer`),(0,_.jsx)(`section`,{className:`page statement`,children:(0,_.jsx)(d,{query:n,children:({customer:e})=>e?(0,_.jsx)(E,{customer:e},e.id):(0,_.jsx)(D,{})})})}function E({customer:e}){let{organization:t}=n(),r=i();return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`p`,{className:`on-paper`,children:[t.name,`: statement of account`]}),(0,_.jsxs)(`header`,{className:`title`,children:[(0,_.jsx)(`h1`,{children:e.name}),(0,_.jsxs)(`div`,{className:`actions`,children:[(0,_.jsx)(c,{to:f({customer:e.id}),children:`Invoices`}),r&&(0,_.jsx)(c,{to:`/cheque?customer=${e.id}`,children:`Record a cheque`}),(0,_.jsx)(`button`,{type:`button`,onClick:()=>print(),children:`Print`})]})]}),(0,_.jsx)(v,{customer:e}),(0,_.jsx)(C,{customer:e})]})}function D(){return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`h1`,{children:`There is no such customer`}),(0,_.jsx)(`p`,{children:(0,_.jsx)(c,{to:`/aging`,children:`Who owes how much`})})]})}export{T as default};