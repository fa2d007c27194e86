import { type SubmitEvent, useState } from 'react';
import { documentTypes } from '../format/words';
import type { DocumentType } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { Field } from '../parts/Field';
import { Select } from '../parts/Select';
import { fileSize, SIZE_BYTES_MAX } from './fileSize';
import { mimeTypeOf } from './putFile';
import { useRemove } from './useRemove';
import { useUpload } from './useUpload';

type Props = { invoiceId: string; file: File; onDone: (text: string | null) => void };

/** A file that was chosen: what it is, and how far it has come. */
export function FileForm({ invoiceId, file, onDone }: Props) {
  const [documentType, setDocumentType] = useState<DocumentType | ''>('');
  const [description, setDescription] = useState('');
  const { form, share, refusal, documentId, isBusy, send } = useUpload(file);
  const removing = useRemove();
  const isTooLarge = file.size > SIZE_BYTES_MAX;
  // What was said of it is with the server then.
  const isSaid = isBusy || documentId !== null;

  const attach = async (event: SubmitEvent) => {
    event.preventDefault();
    if (documentType === '' || isBusy) return;
    // A field in which Enter was pressed is disabled now, and would lose the focus.
    event.nativeEvent.submitter?.focus();
    const input = {
      invoiceId,
      fileName: file.name,
      mimeType: mimeTypeOf(file),
      documentType,
      description: description.trim() || null,
    };
    if (await send(input)) onDone(`${file.name} is attached.`);
  };
  const giveUp = async () => {
    if (isBusy) return;
    // What was said of it is there already, and its bytes will not come.
    if (documentId === null || (await removing.submit({ id: documentId })) !== null) onDone(null);
  };
  return (
    <form className="file" aria-label={file.name} onSubmit={attach}>
      <p>
        <strong>{file.name}</strong> <span className="hint">{fileSize(file.size)}</span>
      </p>
      <Field label="Document type" error={form.errorAt('documentType')}>
        {(wired) => (
          <Select
            {...wired}
            required
            disabled={isSaid}
            none="Choose…"
            words={documentTypes}
            value={documentType}
            onPick={setDocumentType}
          />
        )}
      </Field>
      <Field label="Description" error={form.errorAt('description')}>
        {(wired) => (
          <input
            {...wired}
            disabled={isSaid}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <span className="actions">
        <button type="submit" className="main" aria-disabled={isBusy} disabled={isTooLarge}>
          {refusal === null ? 'Attach' : 'Try again'}
        </button>
        <button type="button" aria-disabled={isBusy} onClick={giveUp}>
          Leave out
        </button>
      </span>
      {share !== null && <progress aria-label={`Sending ${file.name}`} value={share} />}
      {isTooLarge && <Errors messages={['A document may have 25 MB at most.']} />}
      {refusal !== null && <Errors messages={[refusal]} />}
      {refusal !== null && (
        <p className="hint">To change what is said of it, leave it out and choose it again.</p>
      )}
      <Errors messages={form.others('documentType', 'description')} />
      <Errors messages={removing.others()} />
    </form>
  );
}
