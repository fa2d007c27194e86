import { useState } from 'react';
import { useSession } from '../api/ApiProvider';
import { graphql } from '../gql';
import type { AttachDocumentInput, AttachDocumentMutation } from '../gql/graphql';
import { useSubmit } from '../parts/useSubmit';
import { NotTaken, putFile } from './putFile';

const AttachDocument = graphql(`
  mutation AttachDocument($input: AttachDocumentInput!) {
    attachDocument(input: $input) {
      uploadUrl
      document { id }
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

type Payload = NonNullable<AttachDocumentMutation['attachDocument']>;

/** Attaches a file: first what it is, then its bytes. What failed goes on where it was. */
export function useUpload(file: File) {
  const { api } = useSession();
  const form = useSubmit(AttachDocument);
  const [attached, setAttached] = useState<Payload | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function send(input: AttachDocumentInput): Promise<boolean> {
    const target = attached ?? (await form.submit(input));
    if (!target?.uploadUrl) return false;
    setAttached(target);
    setRefusal(null);
    setShare(0);
    try {
      await putFile(target.uploadUrl, file, setShare);
      return true;
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      setRefusal(error.message);
      return false;
    } finally {
      setShare(null);
      api.readSoon();
    }
  }

  const documentId = attached?.document?.id ?? null;
  return { form, share, refusal, documentId, isBusy: form.isBusy || share !== null, send };
}
