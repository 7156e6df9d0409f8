-- not null: state
SELECT a.authority_id, g.short_name AS agency, a.operation_id, o.name AS operation, a.kind, a.act, a.section, a.issuer,
       a.scope, a.necessity, a.proportionality, a.starts_at, a.expires_at, a.cancelled_at, a.cancel_reason, a.created_by,
       CASE WHEN a.cancelled_at IS NOT NULL THEN 'cancelled'
            WHEN clock_timestamp() < a.starts_at THEN 'future'
            WHEN clock_timestamp() < a.expires_at THEN 'in force' ELSE 'expired' END AS state
  FROM tandem.authority a
  JOIN tandem.operation o ON o.agency_id = a.agency_id AND o.operation_id = a.operation_id
  JOIN tandem.agency g ON g.agency_id = a.agency_id
 ORDER BY g.short_name, a.expires_at, a.authority_id
