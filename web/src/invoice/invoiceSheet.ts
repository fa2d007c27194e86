import { graphql } from '../gql';

/** Where somebody is to be found, line by line. */
export const AddressLines = graphql(`
  fragment AddressLines on Address {
    id
    companyName
    address1
    address2
    city
    stateCode
    postalCode
    countryCode
  }
`);

/** An invoice as its page shows it, without its activity; what changes one asks for the same. */
export const InvoiceSheet = graphql(`
  fragment InvoiceSheet on Invoice {
    ...InvoiceRow
    notes
    billToAddress { ...AddressLines }
    remitToAddress { ...AddressLines }
    lineItems { ...LineRow }
    subTotal
    taxTotal
    orders { id fullId hasUninvoicedChanges }
    documents { id documentType fileName description size url createdAt }
    quickBooks { state quickBooksId exportedAt error }
  }
`);
