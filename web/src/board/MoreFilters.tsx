import { useQuery } from 'urql';
import { cents } from '../format/money';
import { quickBooksStates } from '../format/words';
import { graphql } from '../gql';
import { Choices } from '../parts/Choices';
import { filterOf } from './boardUrl';
import { TypedFilter } from './TypedFilter';
import { useBoard } from './useBoard';

const Currencies = graphql(`
  query Currencies {
    invoices(first: 1) { totals { currency } }
  }
`);

/** The parameters of the filters here. */
export const MORE = [
  'currency',
  'quickBooks',
  'invoiceFrom',
  'invoiceTo',
  'dueFrom',
  'dueTo',
  'outstandingMin',
  'outstandingMax',
];

export function MoreFilters() {
  const { params, change } = useBoard();
  const filter = filterOf(params);
  return (
    <>
      <CurrencyChoice />
      <Choices
        label="QuickBooks"
        words={quickBooksStates}
        picked={filter.quickBooksState ?? []}
        onPick={(picked) => change({ quickBooks: picked })}
      />
      <TypedFilter label="Invoice date from" name="invoiceFrom" type="date" />
      <TypedFilter label="Invoice date to" name="invoiceTo" type="date" />
      <TypedFilter label="Due date from" name="dueFrom" type="date" />
      <TypedFilter label="Due date to" name="dueTo" type="date" />
      <AmountFilter label="Outstanding at least" name="outstandingMin" />
      <AmountFilter label="Outstanding at most" name="outstandingMax" />
    </>
  );
}

function CurrencyChoice() {
  const { params, change } = useBoard();
  const [{ data }] = useQuery({ query: Currencies });
  const picked = params.getAll('currency');
  const codes = [...(data?.invoices.totals.map(({ currency }) => currency) ?? []), ...picked];
  return (
    <Choices
      label="Currency"
      words={Object.fromEntries(codes.map((code) => [code, code]))}
      picked={picked}
      onPick={(currency) => change({ currency })}
    />
  );
}

function AmountFilter({ label, name }: { label: string; name: string }) {
  const { first } = useBoard();
  const text = first(name);
  const isWrong = text !== '' && cents(text) === null;
  const error = isWrong ? 'Not an amount such as 94.50' : undefined;
  return <TypedFilter label={label} name={name} type="text" inputMode="decimal" error={error} />;
}
