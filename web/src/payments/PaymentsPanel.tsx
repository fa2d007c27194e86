import { Dialog } from '../parts/Dialog';
import { Payments } from './Payments';

type Props = { fullId: string; onClose: () => void };

export function PaymentsPanel({ fullId, onClose }: Props) {
  return (
    <Dialog title={`Payments of ${fullId}`} onClose={onClose}>
      <Payments fullId={fullId} />
    </Dialog>
  );
}
