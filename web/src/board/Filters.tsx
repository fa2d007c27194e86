import { useState } from 'react';
import { CustomerChoice } from '../customers/CustomerChoice';
import { statuses, terms } from '../format/words';
import { Choices } from '../parts/Choices';
import { countFilters, filterOf, withoutFilters } from './boardUrl';
import { MORE, MoreFilters } from './MoreFilters';
import { TypedFilter } from './TypedFilter';
import { useBoard } from './useBoard';

/** What narrows the board. All of it stands in the address. */
export function Filters() {
  const { params, change } = useBoard();
  const filter = filterOf(params);
  const more = countFilters(params, MORE);
  const [isOpen, setOpen] = useState(more > 0);
  return (
    <search className="filters">
      <div className="row">
        <TypedFilter label="Search" name="search" type="search" />
        <CustomerChoice
          customerId={params.get('customer')}
          onPick={(customer) => change({ customer: customer ?? '' })}
        />
        <Choices
          label="Status"
          words={statuses}
          picked={filter.status ?? []}
          onPick={(status) => change({ status })}
        />
        <Choices
          label="Terms"
          words={terms}
          picked={filter.terms ?? []}
          onPick={(picked) => change({ terms: picked })}
        />
        <label className="tick">
          <input
            type="checkbox"
            checked={params.has('overdue')}
            onChange={(event) => change({ overdue: event.target.checked ? 'yes' : '' })}
          />
          Overdue
        </label>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="more-filters"
          onClick={() => setOpen(!isOpen)}
        >
          More filters{more > 0 && ` (${more})`}
        </button>
        {countFilters(params) > 0 && (
          <button type="button" className="quiet" onClick={() => change(withoutFilters)}>
            Clear filters
          </button>
        )}
      </div>
      <div id="more-filters" className="row" hidden={!isOpen}>
        {isOpen && <MoreFilters />}
      </div>
    </search>
  );
}
