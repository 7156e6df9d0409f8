-- not null: agency, what, state, how_many
SELECT agency, what, state, how_many FROM gate.counts()
