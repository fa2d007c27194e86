import { Component, type ReactNode, useEffect, useRef } from 'react';
import { useConnection } from '../api/ApiProvider';

type Props = { children: ReactNode };

/** Where a page cannot be loaded or shown, what stands around it stays. */
export class Boundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Failed /> : this.props.children;
  }
}

/** A page is loaded when it is first opened, which fails while the server cannot be reached. */
function Failed() {
  const connection = useConnection();
  const wasLost = useRef(false);
  useEffect(() => {
    if (connection === 'lost') wasLost.current = true;
    if (connection === 'live' && wasLost.current) location.reload();
  }, [connection]);
  return (
    <section className="page">
      <h1>This page could not be loaded</h1>
      <p>If the server cannot be reached, it is loaded as soon as it can.</p>
      <button type="button" onClick={() => location.reload()}>
        Load again
      </button>
    </section>
  );
}
