-- Two rules about risk that hold whatever the programs above do.
SET ROLE tandem_owner;

-- P1 down takes two people: the change is refused unless, in this very transaction, the acting person has approved
-- what another one proposed, for this referral and to this priority (or to a lower one, where something new keeps it up).
CREATE FUNCTION tandem.p1_down_takes_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM tandem.proposal p
     WHERE p.agency_id = NEW.agency_id AND p.referral_id = NEW.referral_id AND p.verb = 'prioritise'
       AND p.state = 'approved' AND (p.change ->> 'to') COLLATE "C" >= NEW.effective_priority
       AND p.settled_by = (gate.acting()).person_id AND p.proposed_by <> p.settled_by
       AND p.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'a P1 is lowered by two people' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER p1_down_takes_two BEFORE UPDATE OF effective_priority ON tandem.triage_item FOR EACH ROW
  WHEN (OLD.effective_priority = 'P1' AND NEW.effective_priority <> 'P1')
  EXECUTE FUNCTION tandem.p1_down_takes_two();

-- What is settled stays settled: neither a refusal nor an old approval can be used again.
CREATE FUNCTION tandem.settled_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'a proposal is settled once' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER settled_once BEFORE UPDATE ON tandem.proposal FOR EACH ROW
  WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION tandem.settled_once();

-- Whoever stands as the second person of a decision did propose it, and it was approved for this very referral, now.
CREATE FUNCTION tandem.second_person_agreed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM tandem.proposal p
     WHERE p.agency_id = NEW.agency_id AND p.proposal_id = NEW.proposal_id AND p.referral_id = NEW.referral_id
       AND p.state = 'approved' AND p.proposed_by = NEW.second_person AND p.settled_by = NEW.decided_by
       AND p.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'no such approval' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER second_person_agreed BEFORE INSERT ON tandem.decision FOR EACH ROW
  WHEN (NEW.proposal_id IS NOT NULL) EXECUTE FUNCTION tandem.second_person_agreed();

-- Nobody sleeps on a risk that has grown: a referral that rises while it is held comes back at once.
CREATE FUNCTION tandem.a_rise_ends_the_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  NEW.state := 'open';
  NEW.held_until := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rise_ends_the_hold BEFORE UPDATE OF effective_priority ON tandem.triage_item FOR EACH ROW
  WHEN (NEW.effective_priority < OLD.effective_priority AND OLD.state = 'held' AND NEW.state = 'held')
  EXECUTE FUNCTION tandem.a_rise_ends_the_hold();

RESET ROLE;
