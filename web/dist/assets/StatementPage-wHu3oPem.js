import{E as e,T as t,b as n,bt as r,ft as i,h as a,k as o,mt as s,r as c,t as l,w as u,y as d}from"./dates-Ct5scEXu.js";import{c as f,i as p}from"./index-CLZU5DXQ.js";import{t as m}from"./jsx-runtime-DApVmHJR.js";import{n as h,t as g}from"./DayField-eXzE34cW.js";var _=m();function v({customer:e}){let{fullId:t,email:n,phone:r,billToAddress:i,currency:o,outstandingBalance:s}=e;return(0,_.jsxs)(`dl`,{className:`facts`,children:[(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Number`}),(0,_.jsx)(`dd`,{children:t})]}),i&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Address`}),(0,_.jsx)(`dd`,{children:i.name})]}),n&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Email`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`a`,{href:`mailto:${n}`,children:n})})]}),r&&(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Phone`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`a`,{href:`tel:${r}`,children:r})})]}),(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Outstanding balance`}),(0,_.jsx)(`dd`,{children:(0,_.jsx)(`strong`,{children:a(s,o)})})]})]})}function y({statement:e}){let{from:t,to:n,currency:r,openingBalance:i,lines:o,closingBalance:s}=e;return(0,_.jsx)(`div`,{className:`scroll`,children:(0,_.jsxs)(`table`,{children:[(0,_.jsxs)(`caption`,{children:[`Statement from `,c(t),` to `,c(n),`, in `,r]}),(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`Date`}),(0,_.jsx)(`th`,{scope:`col`,children:`Description`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Charge`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Credit`}),(0,_.jsx)(`th`,{scope:`col`,className:`amount`,children:`Balance`})]})}),(0,_.jsxs)(`tbody`,{children:[(0,_.jsx)(x,{name:`Opening balance`,day:t,amount:a(i,r)}),o.map(e=>(0,_.jsx)(b,{line:e,currency:r},e.payment?.id??e.invoice?.id))]}),(0,_.jsx)(`tfoot`,{children:(0,_.jsx)(x,{name:`Closing balance`,day:n,amount:a(s,r)})})]})})}function b({line:e,currency:t}){let{date:n,description:r,invoice:o,payment:s,charge:l,credit:u,balance:d}=e,f=o?.fullId??s?.invoice.fullId;return(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{children:c(n)}),(0,_.jsx)(`td`,{children:(0,_.jsx)(i,{to:`/invoices/${f}`,children:r})}),(0,_.jsx)(`td`,{className:`amount`,children:l!=null&&a(l,t)}),(0,_.jsx)(`td`,{className:`amount`,children:u!=null&&a(u,t)}),(0,_.jsx)(`td`,{className:`amount`,children:a(d,t)})]})}function x({name:e,day:t,amount:n}){return(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{children:c(t)}),(0,_.jsx)(`th`,{scope:`row`,colSpan:3,children:e}),(0,_.jsx)(`td`,{className:`amount`,children:n})]})}var S=e(`
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
`);function C({customer:e}){let[r]=s(),i=f(t().organization.timeZone),a=l(i,-90),c={from:h(r,`from`,a),to:h(r,`to`,i)},[u]=o({query:S,variables:{id:e.id,...c},requestPolicy:`cache-and-network`}),d=u.error?.graphQLErrors.find(({extensions:e})=>e.code===`BAD_USER_INPUT`);return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`div`,{className:`actions days`,children:[(0,_.jsx)(g,{label:`From`,name:`from`,fallback:a,error:d?.message}),(0,_.jsx)(g,{label:`To`,name:`to`,fallback:i})]}),d===void 0&&(0,_.jsx)(n,{query:u,children:({node:e})=>e?.__typename===`Customer`&&(0,_.jsx)(`div`,{"aria-busy":u.fetching,className:`answer`,children:(0,_.jsx)(y,{statement:e.statement})})})]})}var w=e(`
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
`);function T(){let{customerId:e=``}=r(),[t]=o({query:w,variables:{id:e},requestPolicy:`cache-and-network`});return d(t.data?.customer?.name??`Customer`),(0,_.jsx)(`section`,{className:`page statement`,children:(0,_.jsx)(n,{query:t,children:({customer:e})=>e?(0,_.jsx)(E,{customer:e},e.id):(0,_.jsx)(D,{})})})}function E({customer:e}){let{organization:n}=t(),r=u();return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`p`,{className:`on-paper`,children:[n.name,`: statement of account`]}),(0,_.jsxs)(`header`,{className:`title`,children:[(0,_.jsx)(`h1`,{children:e.name}),(0,_.jsxs)(`div`,{className:`actions`,children:[(0,_.jsx)(i,{to:p({customer:e.id}),children:`Invoices`}),r&&(0,_.jsx)(i,{to:`/cheque?customer=${e.id}`,children:`Record a cheque`}),(0,_.jsx)(`button`,{type:`button`,onClick:()=>print(),children:`Print`})]})]}),(0,_.jsx)(v,{customer:e}),(0,_.jsx)(C,{customer:e})]})}function D(){return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`h1`,{children:`There is no such customer`}),(0,_.jsx)(`p`,{children:(0,_.jsx)(i,{to:`/aging`,children:`Who owes how much`})})]})}export{T as default};