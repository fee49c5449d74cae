import type { AuditEvent } from '../../platform/audit/audit-trail';
import type { Queryable } from '../../platform/database/database';

type Actor = Pick<AuditEvent, 'actorKind' | 'actorId'>;

/** One look per actor, of whom a page has few, among the grants of one connector, which are few. The newest grant of an admin knows their email of today. */
const NAMES = `
  select case a.kind
    when 'admin' then (select g.subject_email from grants g where g.connector_id = $1 and g.subject_id = a.id
                       order by g.authorised_at desc limit 1)
    else coalesce((select c.name from api_clients c where c.connector_id = $1 and c.client_id = a.id),
                  (select m.name from marketplace_clients m where m.client_id = a.id))
  end as name
  from unnest($2::text[], $3::text[]) with ordinality as a (kind, id, place) order by a.place`;

const keyOf = ({ actorKind, actorId }: Actor): string => `${actorKind} ${actorId}`;

/** What people know actors by: the email of an admin, the name of a client. The events themselves keep ids alone. */
export class ActorNames {
  constructor(private readonly database: Queryable) {}

  /** @returns undefined for actors of whom no name is known (any more) */
  async of(connectorId: string, events: readonly Actor[]): Promise<(actor: Actor) => string | undefined> {
    const named = events.filter(({ actorKind }) => actorKind === 'admin' || actorKind === 'client');
    const actors = [...new Map(named.map((actor) => [keyOf(actor), actor])).values()];
    if (actors.length === 0) return () => undefined;
    const { rows } = await this.database.query<{ name: string | null }>(NAMES, [
      connectorId,
      actors.map(({ actorKind }) => actorKind),
      actors.map(({ actorId }) => actorId),
    ]);
    const names = new Map(actors.map((actor, index) => [keyOf(actor), rows[index]?.name ?? '']));
    return (actor) => names.get(keyOf(actor)) || undefined;
  }
}
