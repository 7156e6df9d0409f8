-- not null: subjects, linked
SELECT count(*)::integer AS subjects, count(*) FILTER (WHERE appearances > 1)::integer AS linked
  FROM tandem.subject WHERE appearances > 0 AND reported > 0
