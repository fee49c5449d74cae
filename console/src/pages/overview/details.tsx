import { Diagnosis } from './diagnosis/diagnosis';
import { Sides } from './sides/sides';
import { Syncs } from './syncs/syncs';
import { Targets } from './targets/targets';
import type { Connector } from './types';

/** Everything below the state and the figures. */
export default function Details({ connector }: { connector: Connector }) {
  return (
    <>
      <Diagnosis />
      <Sides connector={connector} />
      <Targets />
      <Syncs mayStart={connector.state === 'active'} />
    </>
  );
}
