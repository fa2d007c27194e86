import { graphql } from '../gql';
import type { ConnectQuickBooksMutation } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';

const ConnectQuickBooks = graphql(`
  mutation ConnectQuickBooks {
    connectQuickBooks {
      authorizationUrl
      userErrors { code message path }
    }
  }
`);

type Payload = NonNullable<ConnectQuickBooksMutation['connectQuickBooks']>;

/** Leads to Intuit, where a person chooses the company and says yes; a link there leads back. */
export function Connect({ name, isMain }: { name: string; isMain: boolean }) {
  const { submit, isBusy, others } = useSubmit<Payload, void>(ConnectQuickBooks);
  const connect = async () => {
    const answer = await submit();
    if (answer?.authorizationUrl) location.assign(answer.authorizationUrl);
  };
  return (
    <>
      <button type="button" className={isMain ? 'main' : ''} disabled={isBusy} onClick={connect}>
        {name}
      </button>
      <Errors messages={others()} />
    </>
  );
}
