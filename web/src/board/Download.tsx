import { here } from '../api/here';
import { graphql } from '../gql';
import type { ExportFormat } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';
import { filterOf, orderOf } from './boardUrl';
import { useBoard } from './useBoard';

const ExportInvoices = graphql(`
  mutation ExportInvoices($input: ExportInvoicesInput!) {
    exportInvoices(input: $input) {
      url
      userErrors { code message path }
    }
  }
`);

/** Files of all invoices that the board's filters match, in its order. */
export function Download() {
  const { params } = useBoard();
  const { submit, isBusy, others } = useSubmit(ExportInvoices);
  const download = async (format: ExportFormat) => {
    const order = orderOf(params);
    const orderBy = order === null ? null : [order];
    const answer = await submit({ filter: filterOf(params), orderBy, format });
    if (answer?.url) save(answer.url);
  };
  return (
    <>
      <button type="button" aria-disabled={isBusy} onClick={() => download('csv')}>
        Download CSV
      </button>
      <button type="button" aria-disabled={isBusy} onClick={() => download('json')}>
        JSON Lines
      </button>
      <Errors messages={others()} />
    </>
  );
}

function save(url: string): void {
  const link = document.createElement('a');
  link.href = here(url);
  link.download = '';
  link.click();
}
