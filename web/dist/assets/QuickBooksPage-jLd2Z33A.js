import{a as e}from"./rolldown-runtime-BWaJ3C7D.js";import{a as t,i as n,o as r}from"./dates-DcKmLSwm.js";import{C as i,E as a,S as o,_ as s,g as c,lt as l,x as u}from"./words-DMiMRSHm.js";import{t as d}from"./useReadWhile-DcdJA95c.js";import{n as f,t as p}from"./useSubmit-BkGXyycj.js";import{a as m,f as h}from"./index-DFLePaPa.js";var g=e(r(),1),_=t(),v=i(`
  mutation ConnectQuickBooks {
    connectQuickBooks {
      authorizationUrl
      userErrors { code message path }
    }
  }
`);function y({name:e,isMain:t}){let{submit:n,isBusy:r,others:i}=p(v);return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`button`,{type:`button`,className:t?`main`:``,"aria-disabled":r,onClick:async()=>{let e=await n();e?.authorizationUrl&&location.assign(e.authorizationUrl)},children:e}),(0,_.jsx)(f,{messages:i()})]})}var b=i(`
  mutation DisconnectQuickBooks {
    disconnectQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);function x({onDone:e}){let[t,n]=(0,g.useState)(!1);return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`button`,{type:`button`,onClick:()=>n(!0),children:`Disconnect…`}),t&&(0,_.jsx)(S,{onDone:e,onClose:()=>n(!1)})]})}function S({onDone:e,onClose:t}){let{submit:n,isBusy:r,others:i}=p(b);return(0,_.jsxs)(h,{title:`Disconnect QuickBooks`,onClose:t,children:[(0,_.jsx)(`p`,{children:`Invoices and payments stay as they are, here and there. Exports that still wait will fail. The same company can be connected again, and goes on where it was.`}),(0,_.jsx)(f,{messages:i()}),(0,_.jsxs)(`div`,{className:`actions`,children:[(0,_.jsx)(`button`,{type:`button`,className:`danger`,"aria-disabled":r,onClick:async()=>{await n()!==null&&e(`QuickBooks is disconnected.`)},children:`Disconnect`}),(0,_.jsx)(`button`,{type:`button`,onClick:t,children:`Cancel`})]})]})}var C=i(`
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
`),w=i(`
  mutation ExportOpen($input: ExportInvoicesToQuickBooksInput!) {
    exportInvoicesToQuickBooks(input: $input) {
      invoices { ...InvoiceRow }
      userErrors { code message path }
    }
  }
`),T={status:[`sent`,`partiallyPaid`],quickBooks:[`notExported`]},E={quickBooks:[`failed`]};function D({onDone:e}){let[t]=a({query:C,requestPolicy:`cache-and-network`}),n=u();return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`h2`,{children:`Exports`}),(0,_.jsx)(s,{query:t,children:({open:t,failed:r})=>(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`p`,{children:[(0,_.jsx)(l,{to:m(T),children:k(t.totalCount,`open invoice`)}),` not yet exported, `,(0,_.jsx)(l,{to:m(E),children:k(r.totalCount,`export`)}),` `,`failed.`]}),n&&t.totalCount>0&&(0,_.jsx)(O,{open:t,onDone:e})]})})]})}function O({open:e,onDone:t}){let{submit:n,isBusy:r,others:i}=p(w),a=e.nodes.length;return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`button`,{type:`button`,"aria-disabled":r,onClick:async()=>{await n({invoiceIds:e.nodes.map(({id:e})=>e)})!==null&&t(`Asked to export ${k(a,`invoice`)}.`)},children:a<e.totalCount?`Export the oldest ${a}`:`Export all ${a}`}),(0,_.jsx)(f,{messages:i()})]})}var k=(e,t)=>`${e.toLocaleString()} ${t}${e===1?``:`s`}`;function A({connection:e}){let{companyName:t,realmId:r,connectedAt:i,lastSyncedAt:a,pendingExports:o}=e;return(0,_.jsxs)(`dl`,{className:`facts`,children:[(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Company`}),(0,_.jsxs)(`dd`,{children:[(0,_.jsx)(`strong`,{children:t}),` (`,r,`)`]})]}),(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Connected since`}),(0,_.jsx)(`dd`,{children:i&&n(i)})]}),(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Last synced`}),(0,_.jsx)(`dd`,{children:a?n(a):`Not yet`})]}),(0,_.jsxs)(`div`,{children:[(0,_.jsx)(`dt`,{children:`Waiting to be exported`}),(0,_.jsx)(`dd`,{children:o})]})]})}var j=i(`
  mutation SyncQuickBooks {
    syncQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);function M({isSyncing:e,onSync:t}){let{submit:n,isBusy:r,others:i}=p(j);return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`button`,{type:`button`,"aria-disabled":r,onClick:async()=>{await n()!==null&&t()},children:`Sync now`}),(0,_.jsx)(`span`,{role:`status`,children:e&&`Looking for changes…`}),(0,_.jsx)(f,{messages:i()})]})}var N=i(`
  query QuickBooks {
    quickBooks { ...Connection }
  }
`);function P(){c(`QuickBooks`);let[e]=a({query:N,requestPolicy:`cache-and-network`}),t=(0,g.useRef)(null),[n,r]=(0,g.useState)(``),[i,o]=(0,g.useState)(),l=e.data?.quickBooks,u=i!==void 0&&l?.lastSyncedAt===i&&!l.needsReconnect,f=l?.isConnected;return(0,g.useEffect)(()=>{n!==``&&t.current?.focus()},[n,f]),d(u||(l?.pendingExports??0)>0),(0,_.jsxs)(`section`,{className:`page`,children:[(0,_.jsx)(`h1`,{ref:t,tabIndex:-1,children:`QuickBooks`}),(0,_.jsx)(`p`,{role:`status`,children:n}),(0,_.jsx)(s,{query:e,children:({quickBooks:e})=>e.isConnected?(0,_.jsx)(F,{connection:e,isSyncing:u,onSync:()=>o(e.lastSyncedAt??null),onDone:r}):(0,_.jsx)(I,{connection:e})})]})}function F({connection:e,isSyncing:t,onSync:n,onDone:r}){let i=u(),a=o().role===`admin`;return(0,_.jsxs)(_.Fragment,{children:[e.needsReconnect&&(0,_.jsx)(`div`,{className:`notice warn`,children:(0,_.jsx)(`p`,{children:`It has to be connected again before anything goes on.`})}),(0,_.jsx)(A,{connection:e}),(0,_.jsxs)(`div`,{className:`actions`,children:[i&&!e.needsReconnect&&(0,_.jsx)(M,{isSyncing:t,onSync:n}),a&&(0,_.jsx)(y,{name:`Connect again`,isMain:e.needsReconnect}),a&&(0,_.jsx)(x,{onDone:r})]}),(0,_.jsx)(L,{problems:e.problems}),(0,_.jsx)(D,{onDone:r})]})}function I({connection:e}){let t=o().role===`admin`;return(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`p`,{children:`No company is connected. Once one is, invoices can be exported to QuickBooks Online, and payments that are recorded there come back by themselves.`}),(0,_.jsx)(`div`,{className:`actions`,children:t?(0,_.jsx)(y,{name:`Connect`,isMain:!0}):(0,_.jsx)(`p`,{children:`Only an admin can connect one.`})}),(0,_.jsx)(L,{problems:e.problems})]})}function L({problems:e}){return e.length===0?null:(0,_.jsxs)(_.Fragment,{children:[(0,_.jsx)(`h2`,{children:`Problems`}),(0,_.jsx)(`ul`,{className:`problems`,children:[...new Set(e)].map(e=>(0,_.jsx)(`li`,{children:e},e))})]})}export{P as default};