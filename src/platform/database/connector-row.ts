/**
 * The connector $1 as a row `k (connector_id)`, for looks by index that PostgreSQL plans without knowing which connector it is.
 *
 * Told by `connector_id = $1`, it takes a connector that its statistics do not know yet for one without rows: all indexes that
 * begin with the connector look alike to it, and it may read all rows of the connector for each value that is looked for. Where
 * another connector had been counted before, a first sync of 20 000 users took 61 s in place of 4. Of a connector that it cannot see it expects as many rows as others have.
 */
export const CONNECTOR_ROW = '(select $1::uuid as connector_id offset 0) k';
