import { here } from '../api/here';
import { useMayChange } from '../api/useViewer';
import { showInstant } from '../format/dates';
import { documentTypes } from '../format/words';
import type { InvoiceSheetFragment } from '../gql/graphql';
import { Confirm } from '../parts/Confirm';
import { Errors } from '../parts/Errors';
import { fileSize } from './fileSize';
import { useRemove } from './useRemove';

type Document = InvoiceSheetFragment['documents'][number];

type Props = { documents: Document[]; onDone: (text: string) => void };

export function DocumentTable({ documents, onDone }: Props) {
  const mayChange = useMayChange();
  return (
    <div className="scroll">
      <table>
        <caption className="unseen">Documents</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Document type</th>
            <th scope="col" className="amount">
              Size
            </th>
            <th scope="col">Attached</th>
            {mayChange && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <Row key={document.id} {...{ document, mayChange, onDone }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { document: Document; mayChange: boolean; onDone: (text: string) => void };

function Row({ document, mayChange, onDone }: RowProps) {
  const { submit, isBusy, others } = useRemove();
  const { fileName } = document;
  const remove = async () => {
    if (await submit({ id: document.id })) onDone(`${fileName} is removed.`);
  };
  return (
    <tr>
      <th scope="row" className="wrapped">
        <Download document={document} />
        {document.description && <div className="hint">{document.description}</div>}
      </th>
      <td>{documentTypes[document.documentType]}</td>
      <td className="amount">{document.size === null ? '' : fileSize(document.size)}</td>
      <td>{showInstant(document.createdAt)}</td>
      {mayChange && (
        <td>
          <Confirm verb="Remove" what={fileName} isBusy={isBusy} onYes={remove} />
          <Errors messages={others()} />
        </td>
      )}
    </tr>
  );
}

function Download({ document: { fileName, url } }: { document: Document }) {
  if (!url) return <>{fileName} (its file has not arrived)</>;
  return (
    <a href={here(url)} download={fileName}>
      {fileName}
    </a>
  );
}
