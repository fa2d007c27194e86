import { type DragEvent, useState } from 'react';
import { Field } from '../parts/Field';

/** A place to drag files to, or to choose them in. */
export function ChooseFiles({ onChoose }: { onChoose: (files: File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onChoose([...event.dataTransfer.files]);
  };
  return (
    <fieldset
      className={isOver ? 'group drop over' : 'group drop'}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <legend className="unseen">Attach documents</legend>
      <Field label="Add files" hint="Choose them, or drag them here. 25 MB each at most.">
        {(wired) => (
          <input
            {...wired}
            type="file"
            multiple
            onChange={(event) => {
              onChoose([...(event.target.files ?? [])]);
              // So that the same file can be chosen again.
              event.target.value = '';
            }}
          />
        )}
      </Field>
    </fieldset>
  );
}
