-- Versions in force with perceptual hashes, for the index in memory: what it lacks it reads, what is not named here it
-- drops. Who may see nothing now must not be taken for somebody who sees that nothing is in force.
-- not null: may_see
-- nullable: version_id, perceptual
SELECT (gate.authorised_operation() IS NOT NULL AND gate.authorised_operation() = gate.purposed_operation()) AS may_see,
       v.version_id, v.perceptual
  FROM (SELECT 1) AS one LEFT JOIN tandem.list_version v ON v.state = 'current' AND v.perceptual > 0
