import type {
  AddressInput,
  AddressLinesFragment,
  PaymentTerms,
  UpdateInvoiceInput,
} from '../gql/graphql';
import { caughtUp, changed } from '../parts/changed';
import type { Invoice } from './useInvoice';

export const addressFields = [
  { name: 'companyName', label: 'Company' },
  { name: 'address1', label: 'Address' },
  { name: 'address2', label: 'Address, second line' },
  { name: 'city', label: 'City' },
  { name: 'stateCode', label: 'State or province' },
  { name: 'postalCode', label: 'Postal code' },
  { name: 'countryCode', label: 'Country code' },
] as const;

export type AddressDraft = Record<(typeof addressFields)[number]['name'], string>;

/** An invoice's details as they are typed. */
export type Details = {
  invoiceDate: string;
  terms: PaymentTerms;
  dueDate: string;
  /** Whether the due date is to follow invoice date and terms, as it does unless set by hand. */
  isDueDateDerived: boolean;
  notes: string;
  remitToAddress: AddressDraft;
};

export const detailsOf = (invoice: Invoice): Details => ({
  invoiceDate: invoice.invoiceDate,
  terms: invoice.terms,
  dueDate: invoice.dueDate,
  isDueDateDerived: false,
  notes: invoice.notes ?? '',
  remitToAddress: addressDraft(invoice.remitToAddress),
});

/** Only what was typed: an address is changed as a whole, and a due date left alone follows. */
export function inputOf(before: Details, now: Details): Partial<UpdateInvoiceInput> {
  const { isDueDateDerived, remitToAddress, ...plain } = now;
  const input: Partial<UpdateInvoiceInput> = changed(before, plain);
  if (isDueDateDerived) input.dueDate = null;
  if (Object.keys(changed(before.remitToAddress, remitToAddress)).length > 0)
    input.remitToAddress = addressInput(remitToAddress);
  return input;
}

/** What has been typed since `before`, over the details as they are now. */
export const detailsOver = (before: Details, typed: Details, now: Details): Details => ({
  ...caughtUp(before, typed, now),
  remitToAddress: caughtUp(before.remitToAddress, typed.remitToAddress, now.remitToAddress),
});

function addressDraft(address: AddressLinesFragment | null | undefined): AddressDraft {
  const entries = addressFields.map(({ name }) => [name, address?.[name] ?? '']);
  return Object.fromEntries(entries) as AddressDraft;
}

/** An emptied address is none. */
function addressInput(address: AddressDraft): AddressInput | null {
  const isEmpty = Object.values(address).every((text) => text.trim() === '');
  return isEmpty ? null : address;
}
