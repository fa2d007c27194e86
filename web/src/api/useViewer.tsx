import { createContext, use } from 'react';
import { graphql } from '../gql';
import type { ViewerQuery } from '../gql/graphql';

export const ViewerDocument = graphql(`
  query Viewer {
    viewer { name role organization { name timeZone } }
  }
`);

export type Viewer = ViewerQuery['viewer'];

export const ViewerContext = createContext<Viewer | null>(null);

/** Who looks at the board: known before anything else is shown. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (viewer === null) throw new Error('The viewer is not known here');
  return viewer;
}

/** Whether the viewer may change things; what may not be done is not offered. */
export const useMayChange = (): boolean => useViewer().role !== 'viewer';
