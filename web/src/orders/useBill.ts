import { useSearchParams } from 'react-router';

/** The address of the page: which orders are chosen, and which are looked at. */
export function useBill() {
  const [params, setParams] = useSearchParams();
  const fullIds = (params.get('orders') ?? '').split(',').filter((fullId) => fullId !== '');

  function change(values: Record<string, string | null>, replace = false): void {
    setParams(
      (now) => {
        for (const [name, value] of Object.entries(values)) {
          if (value) now.set(name, value);
          else now.delete(name);
        }
        return now;
      },
      { replace },
    );
  }

  const choose = (next: string[]) => change({ orders: next.join(','), after: null, before: null });
  return {
    fullIds,
    customerId: params.get('customer'),
    search: params.get('search') ?? '',
    after: params.get('after'),
    before: params.get('before'),
    change,
    add: (fullId: string) => choose([...fullIds, fullId]),
    drop: (fullId: string) => choose(fullIds.filter((one) => one !== fullId)),
  };
}
