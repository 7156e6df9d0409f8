-- not null: woken
SELECT gate.wake_jobs() AS woken
