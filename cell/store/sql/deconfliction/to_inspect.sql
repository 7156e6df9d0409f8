-- $1 run_id
SELECT d.run_id, d.agency_id, d.operation_id, d.state, d.size FROM tandem.deconfliction d WHERE d.run_id = $1
