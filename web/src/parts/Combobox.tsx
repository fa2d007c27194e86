import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';

export type Option = { value: string; word: string; note?: string };

type Props = {
  /** What ties it to its label. */
  id: string;
  /** What is chosen now, in words. */
  chosen: string;
  options: Option[];
  /** What is said in place of options where there are none. */
  none: string;
  text: string;
  onType: (text: string) => void;
  onPick: (value: string | null) => void;
};

/** A text field that offers what it may be completed to; an emptied one chooses nothing. */
export function Combobox({ chosen, options, none, text, onType, onPick, ...wired }: Props) {
  const list = useId();
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // Typing replaces what is chosen.
  useEffect(() => {
    if (!isOpen && chosen !== '' && field.current === document.activeElement) {
      field.current?.select();
    }
  }, [isOpen, chosen]);
  const open = (next: boolean) => {
    setOpen(next);
    setAt(0);
    onType('');
  };
  const pick = (option: Option | undefined) => {
    if (option === undefined) return;
    onPick(option.value);
    open(false);
  };
  const type = (typed: string) => {
    setOpen(true);
    setAt(0);
    onType(typed);
    // Emptied is the field, not only what was typed to search by.
    if (typed === '' && !isOpen) onPick(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // Opened, it shows no text yet: there is nothing in it that these would take away.
    if (isOpen && text === '' && ['Backspace', 'Delete'].includes(event.key)) onPick(null);
    else if (step !== undefined) {
      if (isOpen) setAt(Math.max(0, Math.min(at + step, options.length - 1)));
      else open(true);
    } else if (event.key === 'Enter' && isOpen) pick(options[at]);
    else if (event.key === 'Escape' && isOpen) open(false);
    else return;
    event.preventDefault();
  };
  const active = isOpen && at < options.length ? `${list}-${at}` : undefined;
  return (
    <div className="combobox">
      <input
        {...wired}
        ref={field}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-activedescendant={active}
        placeholder={chosen || 'Type to search'}
        value={isOpen ? text : chosen}
        onChange={(event) => type(event.target.value)}
        onFocus={(event) => event.target.select()}
        onClick={() => isOpen || open(true)}
        onKeyDown={onKeyDown}
        onBlur={() => isOpen && open(false)}
      />
      {isOpen && (
        // The field keeps the focus: that is how the list knows when to close.
        // biome-ignore lint/a11y/noStaticElementInteractions: Only that the focus stays.
        <div className="options" onMouseDown={keepFocus}>
          <Options id={list} options={options} at={at} onPick={pick} />
          {options.length === 0 && (
            <p role="status" className="hint">
              {none}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

type ListProps = {
  id: string;
  options: Option[];
  at: number;
  onPick: (option: Option) => void;
};

function Options({ id, options, at, onPick }: ListProps) {
  return (
    <div id={id} role="listbox" tabIndex={-1}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: The field has the focus, and its keys.
        <div
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onClick={() => onPick(option)}
        >
          {option.word} <span className="hint">{option.note}</span>
        </div>
      ))}
    </div>
  );
}

const keepFocus = (event: MouseEvent) => event.preventDefault();
