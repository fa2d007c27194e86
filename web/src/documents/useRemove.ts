import { graphql } from '../gql';
import { useSubmit } from '../parts/useSubmit';

const RemoveDocument = graphql(`
  mutation RemoveDocument($input: RemoveDocumentInput!) {
    removeDocument(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

/** Removes a document from its invoice. */
export const useRemove = () => useSubmit(RemoveDocument);
