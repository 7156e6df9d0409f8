-- $1 referral_id
-- not null: safeguarding, folded, by_lot
-- nullable: read_version, disagreed
SELECT i.referral_id, r.number, i.version, i.state, i.taken_by, i.held_until, i.merged_into, s.name AS sender, r.format, r.reference,
       r.incident_kind, i.received_at, i.act_by, i.effective_priority, i.declared_priority, i.computed_priority,
       i.confirmed_priority, i.child_urgency, i.offender_danger, coalesce(i.by_lot, false) AS by_lot, t.because, t.number AS score_number, d.direction AS disagreed, r.people, r.files, i.hits,
       (SELECT count(*) FROM tandem.triage_item x WHERE x.agency_id = i.agency_id AND x.merged_into = i.referral_id) AS folded,
       r.remarks, m.version AS read_version, g.safeguarding
  FROM tandem.triage_item i
  JOIN tandem.referral r ON r.agency_id = i.agency_id AND r.referral_id = i.referral_id
  JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
  JOIN LATERAL (SELECT because, number FROM tandem.triage_score t
                 WHERE t.agency_id = i.agency_id AND t.referral_id = i.referral_id ORDER BY number DESC LIMIT 1) t ON true
  LEFT JOIN tandem.read_mark m
    ON m.agency_id = i.agency_id AND m.referral_id = i.referral_id AND m.person_id = (SELECT gate.person())
  LEFT JOIN LATERAL (
    SELECT CASE WHEN count(*) FILTER (WHERE g.closed_at IS NULL AND g.acknowledged_at IS NULL
                                        AND g.due_at <= clock_timestamp()) > 0 THEN 'overdue'
                WHEN count(*) FILTER (WHERE g.closed_at IS NULL) > 0 THEN 'open'
                WHEN count(*) > 0 THEN 'closed' ELSE 'none' END AS safeguarding
      FROM tandem.safeguarding g WHERE g.agency_id = i.agency_id AND g.referral_id = i.referral_id) g ON true
  LEFT JOIN LATERAL (
    SELECT d.direction FROM tandem.rank_disagreement d
     WHERE d.agency_id = i.agency_id AND d.referral_id = i.referral_id AND d.score_number = t.number
       AND d.undoes IS NULL AND d.said_by = (SELECT gate.person())
       AND NOT EXISTS (SELECT FROM tandem.rank_disagreement u WHERE u.agency_id = d.agency_id AND u.undoes = d.disagreement_id)
     LIMIT 1) d ON true
 WHERE i.referral_id = $1
