import { lazy, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router';
import { ApiProvider } from './api/ApiProvider';
import { BoardPage } from './board/BoardPage';
import { Frame } from './frame/Frame';
import { Missing } from './frame/Missing';
import './style/board.css';

// Loaded when they are first opened: most people stay on the board.
const AgingPage = lazy(() => import('./aging/AgingPage'));
const BillPage = lazy(() => import('./orders/BillPage'));
const ChequePage = lazy(() => import('./cheque/ChequePage'));
const InvoicePage = lazy(() => import('./invoice/InvoicePage'));
const QuickBooksPage = lazy(() => import('./quickbooks/QuickBooksPage'));
const StatementPage = lazy(() => import('./statement/StatementPage'));

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root');
createRoot(root).render(
  <StrictMode>
    {/* A box that is ticked in the address is ticked at once. */}
    <BrowserRouter useTransitions={false}>
      <ApiProvider>
        <Routes>
          <Route element={<Frame />}>
            <Route index element={<BoardPage />} />
            <Route path="aging" element={<AgingPage />} />
            <Route path="bill" element={<BillPage />} />
            <Route path="cheque" element={<ChequePage />} />
            <Route path="customers/:customerId" element={<StatementPage />} />
            <Route path="invoices/:fullId" element={<InvoicePage />} />
            <Route path="quickbooks" element={<QuickBooksPage />} />
            <Route path="*" element={<Missing />} />
          </Route>
        </Routes>
      </ApiProvider>
    </BrowserRouter>
  </StrictMode>,
);
