import { useSession } from '../api/ApiProvider';
import { graphql } from '../gql';
import type { RemoveDocumentInput } from '../gql/graphql';
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
export function useRemove() {
  const { api } = useSession();
  const form = useSubmit(RemoveDocument);
  const submit = async (input: RemoveDocumentInput) => {
    const done = await form.submit(input);
    if (done !== null) api.readSoon();
    return done !== null;
  };
  return { ...form, submit };
}
