import{a as e}from"./rolldown-runtime-BWaJ3C7D.js";import{n as t,t as n}from"./jsx-runtime-DApVmHJR.js";import{E as r,T as i,b as a,ft as o,i as s,k as c,w as l,y as u}from"./dates-Ct5scEXu.js";import{t as d}from"./useReadWhile-DKrP1_nZ.js";import{a as f,n as p,t as m}from"./useSubmit-CGzxlou7.js";import{i as h,v as g}from"./index-CLZU5DXQ.js";var _=e(t(),1),v=n(),y=r(`
  mutation ConnectQuickBooks {
    connectQuickBooks {
      authorizationUrl
      userErrors { code message path }
    }
  }
`);function b({name:e,isMain:t}){let{submit:n,isBusy:r,others:i}=m(y);return(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`button`,{type:`button`,className:t?`main`:``,disabled:r,onClick:async()=>{let e=await n();e?.authorizationUrl&&location.assign(e.authorizationUrl)},children:e}),(0,v.jsx)(p,{messages:i()})]})}var x=r(`
  mutation DisconnectQuickBooks {
    disconnectQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);function S({onDone:e}){let[t,n]=(0,_.useState)(!1);return(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`button`,{type:`button`,onClick:()=>n(!0),children:`Disconnect…`}),t&&(0,v.jsx)(C,{onDone:e,onClose:()=>n(!1)})]})}function C({onDone:e,onClose:t}){let{submit:n,isBusy:r,others:i}=m(x);return(0,v.jsxs)(g,{title:`Disconnect QuickBooks`,onClose:t,children:[(0,v.jsx)(`p`,{children:`Invoices and payments stay as they are, here and there. Exports that still wait will fail. The same company can be connected again, and goes on where it was.`}),(0,v.jsx)(p,{messages:i()}),(0,v.jsxs)(`div`,{className:`actions`,children:[(0,v.jsx)(`button`,{type:`button`,className:`danger`,disabled:r,onClick:async()=>{await n()!==null&&e(`QuickBooks is disconnected.`)},children:`Disconnect`}),(0,v.jsx)(`button`,{type:`button`,onClick:t,children:`Cancel`})]})]})}var w=r(`
  query Unexported {
    open: invoices(
      filter: { status: [sent, partiallyPaid], quickBooksState: [notExported] }
      orderBy: [{ field: createdAt }]
      first: 100
    ) {
      totalCount
      nodes { id }
    }
    failed: invoices(filter: { quickBooksState: [failed] }, first: 1) { totalCount }
  }
`),T=r(`
  mutation ExportOpen($input: ExportInvoicesToQuickBooksInput!) {
    exportInvoicesToQuickBooks(input: $input) {
      invoices { ...InvoiceRow }
      userErrors { code message path }
    }
  }
`),E={status:[`sent`,`partiallyPaid`],quickBooks:[`notExported`]},D={quickBooks:[`failed`]};function O({onDone:e}){let[t]=c({query:w,requestPolicy:`cache-and-network`}),n=l();return(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`h2`,{children:`Exports`}),(0,v.jsx)(a,{query:t,children:({open:t,failed:r})=>(0,v.jsxs)(v.Fragment,{children:[(0,v.jsxs)(`p`,{children:[(0,v.jsx)(o,{to:h(E),children:A(t.totalCount,`open invoice`)}),` not yet exported, `,(0,v.jsx)(o,{to:h(D),children:A(r.totalCount,`export`)}),` `,`failed.`]}),n&&t.totalCount>0&&(0,v.jsx)(k,{open:t,onDone:e})]})})]})}function k({open:e,onDone:t}){let{api:n}=f(),{submit:r,isBusy:i,others:a}=m(T),o=e.nodes.length;return(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`button`,{type:`button`,disabled:i,onClick:async()=>{await r({invoiceIds:e.nodes.map(({id:e})=>e)})!==null&&(n.readSoon(),t(`Asked to export ${A(o,`invoice`)}.`))},children:o<e.totalCount?`Export the oldest ${o}`:`Export all ${o}`}),(0,v.jsx)(p,{messages:a()})]})}var A=(e,t)=>`${e.toLocaleString()} ${t}${e===1?``:`s`}`;function j({connection:e}){let{companyName:t,realmId:n,connectedAt:r,lastSyncedAt:i,pendingExports:a}=e;return(0,v.jsxs)(`dl`,{className:`facts`,children:[(0,v.jsxs)(`div`,{children:[(0,v.jsx)(`dt`,{children:`Company`}),(0,v.jsxs)(`dd`,{children:[(0,v.jsx)(`strong`,{children:t}),` (`,n,`)`]})]}),(0,v.jsxs)(`div`,{children:[(0,v.jsx)(`dt`,{children:`Connected since`}),(0,v.jsx)(`dd`,{children:r&&s(r)})]}),(0,v.jsxs)(`div`,{children:[(0,v.jsx)(`dt`,{children:`Last synced`}),(0,v.jsx)(`dd`,{children:i?s(i):`Not yet`})]}),(0,v.jsxs)(`div`,{children:[(0,v.jsx)(`dt`,{children:`Waiting to be exported`}),(0,v.jsx)(`dd`,{children:a})]})]})}var M=r(`
  mutation SyncQuickBooks {
    syncQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);function N({isSyncing:e,onSync:t}){let{submit:n,isBusy:r,others:i}=m(M);return(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`button`,{type:`button`,disabled:r,onClick:async()=>{await n()!==null&&t()},children:`Sync now`}),(0,v.jsx)(`span`,{role:`status`,children:e&&`Looking for changes…`}),(0,v.jsx)(p,{messages:i()})]})}var P=r(`
  query QuickBooks {
    quickBooks { ...Connection }
  }
`);function F(){u(`QuickBooks`);let[e]=c({query:P,requestPolicy:`cache-and-network`}),t=(0,_.useRef)(null),[n,r]=(0,_.useState)(``),[i,o]=(0,_.useState)(),s=e.data?.quickBooks,l=i!==void 0&&s?.lastSyncedAt===i&&!s.needsReconnect,f=s?.isConnected;return(0,_.useEffect)(()=>{n!==``&&t.current?.focus()},[n,f]),d(l||(s?.pendingExports??0)>0),(0,v.jsxs)(`section`,{className:`page`,children:[(0,v.jsx)(`h1`,{ref:t,tabIndex:-1,children:`QuickBooks`}),(0,v.jsx)(`p`,{role:`status`,children:n}),(0,v.jsx)(a,{query:e,children:({quickBooks:e})=>e.isConnected?(0,v.jsx)(I,{connection:e,isSyncing:l,onSync:()=>o(e.lastSyncedAt??null),onDone:r}):(0,v.jsx)(L,{connection:e})})]})}function I({connection:e,isSyncing:t,onSync:n,onDone:r}){let a=l(),o=i().role===`admin`;return(0,v.jsxs)(v.Fragment,{children:[e.needsReconnect&&(0,v.jsx)(`div`,{className:`notice warn`,children:(0,v.jsx)(`p`,{children:`It has to be connected again before anything goes on.`})}),(0,v.jsx)(j,{connection:e}),(0,v.jsxs)(`div`,{className:`actions`,children:[a&&!e.needsReconnect&&(0,v.jsx)(N,{isSyncing:t,onSync:n}),o&&(0,v.jsx)(b,{name:`Connect again`,isMain:e.needsReconnect}),o&&(0,v.jsx)(S,{onDone:r})]}),(0,v.jsx)(R,{problems:e.problems}),(0,v.jsx)(O,{onDone:r})]})}function L({connection:e}){let t=i().role===`admin`;return(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`p`,{children:`No company is connected. Once one is, invoices can be exported to QuickBooks Online, and payments that are recorded there come back by themselves.`}),(0,v.jsx)(`div`,{className:`actions`,children:t?(0,v.jsx)(b,{name:`Connect`,isMain:!0}):(0,v.jsx)(`p`,{children:`Only an admin can connect one.`})}),(0,v.jsx)(R,{problems:e.problems})]})}function R({problems:e}){return e.length===0?null:(0,v.jsxs)(v.Fragment,{children:[(0,v.jsx)(`h2`,{children:`Problems`}),(0,v.jsx)(`ul`,{className:`problems`,children:[...new Set(e)].map(e=>(0,v.jsx)(`li`,{children:e},e))})]})}export{F as default};