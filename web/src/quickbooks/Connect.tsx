import { graphql } from '../gql';
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

/** Leads to Intuit, where a person chooses the company and says yes; a link there leads back. */
export function Connect({ name, isMain }: { name: string; isMain: boolean }) {
  const { submit, isBusy, others } = useSubmit(ConnectQuickBooks);
  const connect = async () => {
    const answer = await submit();
    if (answer?.authorizationUrl) location.assign(answer.authorizationUrl);
  };
  return (
    <>
      <button
        type="button"
        className={isMain ? 'main' : ''}
        aria-disabled={isBusy}
        onClick={connect}
      >
        {name}
      </button>
      <Errors messages={others()} />
    </>
  );
}
