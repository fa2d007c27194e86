import { inCents } from '../format/money';
import type { OrderRowFragment } from '../gql/graphql';
import { LineCells, LineTable } from '../lines/LineTable';
import { reckon, type Sums } from '../lines/reckon';
import type { OwnLine } from './OwnLines';
import type { Order } from './useChosen';

type Props = { customer: OrderRowFragment['customer']; orders: Order[]; lines: OwnLine[] };

/** The lines that will be copied, and what all of them will come to. */
export function Preview({ customer, orders, lines }: Props) {
  const sums = [...orders.map(sumsOf), ...lines.map(({ draft }) => reckon(draft) ?? nothing)];
  const subTotal = sums.reduce((sum, one) => sum + one.subTotalCents, 0) / 100;
  const taxTotal = sums.reduce((sum, one) => sum + one.taxTotalCents, 0) / 100;
  const total = sums.reduce((sum, one) => sum + one.subTotalCents + one.taxTotalCents, 0) / 100;
  return (
    <>
      <p>
        For <strong>{customer.name}</strong>, in {customer.currency}
      </p>
      <LineTable
        caption="Lines of the new invoice"
        currency={customer.currency}
        sums={[
          { name: 'Sub total', amount: subTotal },
          { name: 'Taxes', amount: taxTotal },
          { name: 'Total', amount: total },
        ]}
      >
        {orders.flatMap((order) =>
          order.lineItems.map((line) => (
            <tr key={line.id}>
              <LineCells line={line} currency={order.currency} />
            </tr>
          )),
        )}
      </LineTable>
    </>
  );
}

const nothing: Sums = { subTotalCents: 0, taxTotalCents: 0 };

const sumsOf = ({ subTotal, taxTotal }: Order): Sums => ({
  subTotalCents: inCents(subTotal),
  taxTotalCents: inCents(taxTotal),
});
