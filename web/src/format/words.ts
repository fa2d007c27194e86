import type {
  DocumentType,
  InvoiceStatus,
  LineItemType,
  PaymentMethod,
  PaymentTerms,
  QuickBooksState,
} from '../gql/graphql';

export const statuses: Record<InvoiceStatus, string> = {
  created: 'Created',
  sent: 'Sent',
  partiallyPaid: 'Partially Paid',
  paid: 'Paid',
};

export const terms: Record<PaymentTerms, string> = {
  pia: 'In advance',
  net0: 'Net 0',
  net7: 'Net 7',
  net10: 'Net 10',
  net15: 'Net 15',
  net30: 'Net 30',
  net45: 'Net 45',
  net60: 'Net 60',
  net90: 'Net 90',
  eom: 'End of month',
};

export const methods: Record<PaymentMethod, string> = {
  cheque: 'Cheque',
  ach: 'ACH',
  wire: 'Wire',
  eft: 'EFT',
  creditCard: 'Credit card',
  cash: 'Cash',
  other: 'Other',
};

export const quickBooksStates: Record<QuickBooksState, string> = {
  notExported: 'Not exported',
  queued: 'Queued',
  exported: 'Exported',
  failed: 'Failed',
};

export const lineItemTypes: Record<LineItemType, string> = {
  freight: 'Freight',
  fuel: 'Fuel',
  surcharge: 'Surcharge',
  accessorial: 'Accessorial',
  liftgate: 'Liftgate',
  detention: 'Detention',
  other: 'Other',
};

export const documentTypes: Record<DocumentType, string> = {
  billOfLading: 'Bill of lading',
  proofOfDelivery: 'Proof of delivery',
  proofOfPickup: 'Proof of pickup',
  rateConfirmation: 'Rate confirmation',
  commercialInvoice: 'Commercial invoice',
  invoice: 'Invoice',
  other: 'Other',
};
