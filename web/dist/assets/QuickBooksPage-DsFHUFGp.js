import{a as e}from"./rolldown-runtime-BWaJ3C7D.js";import{a as t,i as n,o as r}from"./dates-DcKmLSwm.js";import{C as i,E as a,S as o,_ as s,g as c,lt as l,x as u}from"./words-3J9bIgjj.js";import{C as d,S as f,b as p,o as m,v as h,w as g}from"./index-DxfdG-Dn.js";import{t as _}from"./useReadWhile-DyiFeJUz.js";import{n as v,t as y}from"./useSaid-BVnXpLou.js";var b=e(r(),1),x=t(),S=i(`
  mutation ConnectQuickBooks {
    connectQuickBooks {
      authorizationUrl
      userErrors { code message path }
    }
  }
`);function C({name:e,isMain:t}){let{submit:n,isBusy:r,others:i}=h(S);return(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`button`,{type:`button`,className:t?`main`:``,"aria-disabled":r,onClick:async()=>{let e=await n();e?.authorizationUrl&&location.assign(e.authorizationUrl)},children:e}),(0,x.jsx)(p,{messages:i()})]})}function w({connection:e}){let{companyName:t,realmId:r,connectedAt:i,lastSyncedAt:a,pendingExports:o}=e;return(0,x.jsxs)(g,{children:[(0,x.jsxs)(d,{name:`Company`,children:[(0,x.jsx)(`strong`,{children:t}),` (`,r,`)`]}),(0,x.jsx)(d,{name:`Connected since`,children:i&&n(i)}),(0,x.jsx)(d,{name:`Last synced`,children:a?n(a):`Not yet`}),(0,x.jsx)(d,{name:`Waiting to be exported`,children:o})]})}var T=i(`
  mutation DisconnectQuickBooks {
    disconnectQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);function E({onDone:e}){let[t,n]=(0,b.useState)(!1);return(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`button`,{type:`button`,onClick:()=>n(!0),children:`Disconnect…`}),t&&(0,x.jsx)(D,{onDone:e,onClose:()=>n(!1)})]})}function D({onDone:e,onClose:t}){let{submit:n,isBusy:r,others:i}=h(T);return(0,x.jsxs)(v,{title:`Disconnect QuickBooks`,onClose:t,children:[(0,x.jsx)(`p`,{children:`Invoices and payments stay as they are, here and there. Exports that still wait will fail. The same company can be connected again, and goes on where it was.`}),(0,x.jsx)(p,{messages:i()}),(0,x.jsx)(`button`,{type:`button`,className:`danger`,"aria-disabled":r,onClick:async()=>{await n()!==null&&e(`QuickBooks is disconnected.`)},children:`Disconnect`})]})}var O=i(`
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
`),k=i(`
  mutation ExportOpen($input: ExportInvoicesToQuickBooksInput!) {
    exportInvoicesToQuickBooks(input: $input) {
      invoices { ...InvoiceRow }
      userErrors { code message path }
    }
  }
`),A={status:[`sent`,`partiallyPaid`],quickBooks:[`notExported`]},j={quickBooks:[`failed`]};function M({onDone:e}){let[t]=a({query:O,requestPolicy:`cache-and-network`}),n=u();return(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`h2`,{children:`Exports`}),(0,x.jsx)(s,{query:t,children:({open:t,failed:r})=>(0,x.jsxs)(x.Fragment,{children:[(0,x.jsxs)(`p`,{children:[(0,x.jsx)(l,{to:m(A),children:P(t.totalCount,`open invoice`)}),` not yet exported, `,(0,x.jsx)(l,{to:m(j),children:P(r.totalCount,`export`)}),` `,`failed.`]}),n&&t.totalCount>0&&(0,x.jsx)(N,{open:t,onDone:e})]})})]})}function N({open:e,onDone:t}){let{submit:n,isBusy:r,others:i}=h(k),a=e.nodes.length;return(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`button`,{type:`button`,"aria-disabled":r,onClick:async()=>{await n({invoiceIds:e.nodes.map(({id:e})=>e)})!==null&&t(`Asked to export ${P(a,`invoice`)}.`)},children:a<e.totalCount?`Export the oldest ${a}`:`Export all ${a}`}),(0,x.jsx)(p,{messages:i()})]})}var P=(e,t)=>`${e.toLocaleString()} ${t}${e===1?``:`s`}`,F=i(`
  mutation SyncQuickBooks {
    syncQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);function I({isSyncing:e,onSync:t}){let{submit:n,isBusy:r,others:i}=h(F);return(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`button`,{type:`button`,"aria-disabled":r,onClick:async()=>{await n()!==null&&t()},children:`Sync now`}),(0,x.jsx)(`span`,{role:`status`,children:e&&`Looking for changes…`}),(0,x.jsx)(p,{messages:i()})]})}var L=i(`
  query QuickBooks {
    quickBooks { ...Connection }
  }
`);function R(){c(`QuickBooks`);let[e]=a({query:L,requestPolicy:`cache-and-network`}),{said:t,say:n}=y(),[r,i]=(0,b.useState)(),o=e.data?.quickBooks,l=r!==void 0&&o?.lastSyncedAt===r&&!o.needsReconnect;return _(l||(o?.pendingExports??0)>0),(0,x.jsxs)(`section`,{className:`page`,children:[(0,x.jsx)(`h1`,{children:`QuickBooks`}),(0,x.jsx)(f,{said:t}),(0,x.jsx)(s,{query:e,children:({quickBooks:e})=>e.isConnected?(0,x.jsx)(z,{connection:e,isSyncing:l,onSync:()=>i(e.lastSyncedAt??null),onDone:n}):(0,x.jsx)(B,{connection:e})})]})}function z({connection:e,isSyncing:t,onSync:n,onDone:r}){let i=u(),a=o().role===`admin`;return(0,x.jsxs)(x.Fragment,{children:[e.needsReconnect&&(0,x.jsx)(`div`,{className:`notice warn`,children:(0,x.jsx)(`p`,{children:`It has to be connected again before anything goes on.`})}),(0,x.jsx)(w,{connection:e}),(0,x.jsxs)(`div`,{className:`actions`,children:[i&&!e.needsReconnect&&(0,x.jsx)(I,{isSyncing:t,onSync:n}),a&&(0,x.jsx)(C,{name:`Connect again`,isMain:e.needsReconnect}),a&&(0,x.jsx)(E,{onDone:r})]}),(0,x.jsx)(V,{problems:e.problems}),(0,x.jsx)(M,{onDone:r})]})}function B({connection:e}){let t=o().role===`admin`;return(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`p`,{children:`No company is connected. Once one is, invoices can be exported to QuickBooks Online, and payments that are recorded there come back by themselves.`}),(0,x.jsx)(`div`,{className:`actions`,children:t?(0,x.jsx)(C,{name:`Connect`,isMain:!0}):(0,x.jsx)(`p`,{children:`Only an admin can connect one.`})}),(0,x.jsx)(V,{problems:e.problems})]})}function V({problems:e}){return e.length===0?null:(0,x.jsxs)(x.Fragment,{children:[(0,x.jsx)(`h2`,{children:`Problems`}),(0,x.jsx)(`ul`,{className:`problems`,children:[...new Set(e)].map(e=>(0,x.jsx)(`li`,{children:e},e))})]})}export{R as default};