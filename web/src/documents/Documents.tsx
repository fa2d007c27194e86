import { useState } from 'react';
import { useMayChange } from '../api/useViewer';
import type { InvoiceSheetFragment } from '../gql/graphql';
import { newKey } from '../parts/newKey';
import { Said } from '../parts/Said';
import { useReadWhile } from '../parts/useReadWhile';
import { useSaid } from '../parts/useSaid';
import { ChooseFiles } from './ChooseFiles';
import { DocumentTable } from './DocumentTable';
import { FileForm } from './FileForm';

// The address of a download is good for an hour.
const ADDRESSES_MS = 30 * 60 * 1_000;

type Chosen = { key: string; file: File };

/** An invoice's files, and those on their way. */
export function Documents({ invoice }: { invoice: InvoiceSheetFragment }) {
  const mayChange = useMayChange();
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const { said, say } = useSaid();
  useReadWhile(invoice.documents.length > 0, ADDRESSES_MS);
  const choose = (files: File[]) =>
    setChosen((before) => [...before, ...files.map((file) => ({ key: newKey(), file }))]);
  const done = (key: string, text: string | null) => {
    setChosen((before) => before.filter((one) => one.key !== key));
    say(text ?? 'The file is left out.');
  };
  return (
    <section className="unprinted documents">
      <h2>Documents</h2>
      <Said said={said} isShy />
      {invoice.documents.length > 0 ? (
        <DocumentTable documents={invoice.documents} onDone={say} />
      ) : (
        <p className="hint">Nothing is attached yet.</p>
      )}
      {mayChange && <ChooseFiles onChoose={choose} />}
      {chosen.map(({ key, file }) => (
        <FileForm key={key} invoiceId={invoice.id} file={file} onDone={(text) => done(key, text)} />
      ))}
    </section>
  );
}
