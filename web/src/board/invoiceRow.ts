import { graphql } from '../gql';

/** An invoice as the board shows it; every mutation that changes one asks for the same. */
export const InvoiceRow = graphql(`
  fragment InvoiceRow on Invoice {
    id
    fullId
    status
    customer { id name }
    invoiceDate
    dueDate
    terms
    sentAt
    currency
    total
    amountPaid
    outstandingBalance
    isOverdue
    daysPastDue
    isOutdated
    canRecordPayment
    canDelete
    canEditLineItems
    version
    quickBooks { state error }
  }
`);
