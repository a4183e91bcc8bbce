/* Every limit of the program's own rules, by name. ical/icslimits.h and ical/netlimits.h hold those of reading and
 * fetching calendars, db/limits.h those of the databases. */
#ifndef APP_BASE_LIMITS_H
#define APP_BASE_LIMITS_H

enum {
	/* The age of a feed: it is fresh up to the longer of FEED_FRESH_S and FEED_FRESH_REFRESHES times its refresh,
	 * then ageing up to FEED_AGEING_S (or the same multiple, when that is longer), then old. */
	FEED_FRESH_S = 15 * 60,
	FEED_FRESH_REFRESHES = 3,
	FEED_AGEING_S = 60 * 60,
	FEED_AHEAD_S =
		15 * 60, /* a feed that agreed further in the future than this has a wrong age and counts as old */

	SETTLED_AGREE_S = 10 * 60,  /* how far clock and server may be apart and still agree */
	SETTLED_STEP_S = 24 * 3600, /* a longer step forward must be confirmed again after as long */
	SETTLED_SAVE_S = 6 * 3600,  /* how often the certain time is written to the disk */
	SETTLED_LATE_S =
		3 * 24 * 3600, /* when the certain time is behind the clock by more, status and doctor say so */

	UNDO_SLACK_S = 2, /* how much later an undo that was tapped in time may reach the disk */

	DROP_IN_BRIEF_S = 15 * 60, /* the choices on a free place; this one only in a room */
	DROP_IN_SHORT_S = 30 * 60,
	DROP_IN_LONG_S = 60 * 60,

	LETTERS_FROM = 24,           /* more people than this in the list of all: they are divided by letters */
	LETTER_GROUPS_MAX = 6,       /* into so many groups */
	LIST_PAGE_MAX = 12,          /* people on a page of that list */
	WAITING_LINES_MAX = 60,      /* people who have words for a line of the home screen; the others are counted */
	NAME_SORTED_LETTERS = 32,    /* letters of a name that decide its place in a list */
	PEOPLE_LINES_MAX = 3,        /* people who have a line each on the home screen; more have a tile */
	FREE_NAMED_MAX = 8,          /* free desks that are named above the schedule; more are counted */
	OFFICE_CLOSED_DAYS_MAX = 60, /* days in a row that are searched for the next opening */
	ROW_LANES_MAX = 4,           /* bookings side by side in a row; more are one block with their number */
	ROW_BLOCKS_MAX = 40,         /* bookings of a row that have a block each; of more, those share one that begin */
	ROW_CROWD_S = 30 * 60,       /* within this time */
	OFFICE_LANES_MAX = 8,        /* overlapping bookings side by side on one place; more share the last lane */

	VISIT_IDLE_MS = 45 * 1000,     /* the time without a touch until "Är du kvar?" */
	VISIT_ANSWER_MS = 20 * 1000,   /* to answer it */
	VISIT_DOUBLE_TAP_MS = 500,     /* a second tap within this time counts as a tremor of the first */
	VISIT_DONE_MIN_MS = 5000,      /* the welcome is shown at least this long, however short the time for undo is */
	VISIT_DONE_MAX_MS = 10 * 1000, /* and at most this long; the undo goes on at home */
	VISIT_SAVE_MS = 15 * 1000, /* without an answer from the worker for this long, the act counts as not saved */
	VISIT_ID_MAX = 1024,       /* bytes of an id with the final NUL; a longer one cannot be opened */

	SPEECH_IDLE_MS = 120 * 1000, /* the same times while speech is on; they begin when it falls silent */
	SPEECH_ANSWER_MS = 60 * 1000,
	SPEECH_DONE_MS = 60 * 1000, /* the result of an act is shown so long, and can be undone */
	SPEECH_UNDO_S = 180,        /* s: what was done with speech on can be undone so long */
	SPEECH_WARN_MS = 20 * 1000, /* so long before such a time ends, that is said again */
	SPEECH_VOLUMES = 6,         /* steps of volume, 4 dB apart */
	SPEECH_VOLUME_DEFAULT = 3,  /* the step with which each visit begins */
	SPEECH_RATE_MIN = 80,       /* words per minute */
	SPEECH_RATE_MAX = 400,
	SPEECH_RATE_DEFAULT = 160,
	SPEECH_DEVICE_MAX = 120,     /* bytes of a part of a sound device's name */
	SPEECH_PARTS_MAX = 8,        /* texts of one announcement */
	SPEECH_CAPTION_MAX = 2048,   /* bytes of what the caption shows */
	SPEECH_CHUNK_MS = 20,        /* ms of sound that the engine makes at a time */
	SPEECH_RING_SAMPLES = 22050, /* sound that is made ahead of what is heard: a second */
	SPEECH_REST_MS = 3 * 1000,   /* silence after which the sound system is left */
	HEADSET_JACKS_MAX = 4,       /* sockets that are watched */

	WAKE_BEFORE_OPENING_MIN = 15, /* how long before opening the screen is bright */

	WEEK_DAYS = 5,           /* open days that "Veckan" shows */
	WEEK_LOOK_DAYS = 30,     /* days ahead on which the next five open ones are looked for */
	MOVE_CHOICES_MAX = 24,   /* free places offered to somebody who moves */
	MEETINGS_AHEAD_MAX = 20, /* coming meetings that a model holds; the layout shows what fits */
	MEETINGS_SOON_DAYS = 14, /* a meeting farther ahead is not counted where there is no room for it */
	WALL_MEETINGS_MAX = 60, /* meetings of the day that the wall's model holds: so many here, so many elsewhere; the
				   others are counted */
	WALL_LOOKED_MAX = 500,  /* meetings of the day whose location is looked at; later ones are only counted */
	NOTICES_MAX = 10,       /* announcements in force that a model holds */
	WALL_DOUBLE_MAX = 3,    /* lines on the card of a room that is booked twice at once; the last may count */
	DESKS_NAMED_MAX = 8,    /* free desks that are named; more are counted */

	TEXT_CHARS_MAX = 2048,              /* characters of one line; what follows is not shown */
	TEXT_FONT_MAX_PX = 1024,            /* em; larger sizes are drawn at this one */
	TEXT_WIDTHS_MAX = 4096,             /* measured texts that are remembered */
	TEXT_RUNS_MAX = 4096,               /* measured runs of a few letters of one script that are remembered */
	HYPHENS_WORD_MAX = 100,             /* letters of a word in which hyphens are searched */
	HYPHENS_JOINT_LETTERS = 3,          /* the least letters on either side of a hyphen at a joint */
	HYPHENS_SYLLABLE_LETTERS = 4,       /* the same at any other hyphen */
	FONT_FILE_MAX = 24 * 1024 * 1024,   /* bytes of a font's file; larger ones are not used */
	FONTS_OPEN_MAX = 32,                /* fonts in memory beside Inter */
	FONTS_BYTES_MAX = 48 * 1024 * 1024, /* bytes of their files; the least recently used font is dropped first */
	FONTS_ANSWERS_MAX = 1024,           /* letters for which the font is remembered */
	LOOKUP_CHARS_MAX = 8,               /* characters of one letter, with its marks, that a font must have */
	LOOKUP_QUEUE_MAX = 64,              /* letters that wait for their font */
	LOOKUP_PACE_MS = 60 * 1000,         /* how often a font is replaced once there are as many as allowed */
	IMAGE_SIDE_MAX = 8192,              /* pixels: no screen has more, and SDL's renderers stop near it */
	DRAW_MAPS_MAX = 24 * 1024 * 1024,   /* bytes of maps in the sizes that the screen shows */
	DRAW_CACHE_MAX = 12 * 1024 * 1024,  /* bytes of painted texts and shapes that are kept */
	ICON_FILE_MAX = 16 * 1024,          /* bytes of an icon's file */
	RING_ARCS_MAX = 64,                 /* municipalities in the ring; more could not be distinguished */

	UI_PARTS_MAX = 16, /* parts of the picture that are drawn anew by themselves; what is more is joined */

	FLOORPLAN_FILE_MAX = 2 * 1024 * 1024,          /* bytes of the floor plan's file */
	FLOORPLAN_ELEMENTS_MAX = 20000,                /* elements in it */
	FLOORPLAN_DEPTH_MAX = 64,                      /* elements inside elements */
	FLOORPLAN_LABELS_MAX = 200,                    /* words in it; the others are not shown */
	FLOORPLAN_LABEL_MAX = 96,                      /* bytes of such words, with a NUL; they end there */
	FLOORPLAN_UNITS_MAX = 1000 * 1000,             /* its width and height, in its own units */
	FLOORPLAN_ASPECT_MAX = 8,                      /* times that one side may be as long as the other */
	FLOORPLAN_NUMBER_MAX = 64,                     /* bytes of a number in it, with a NUL */
	FLOORPLAN_WAY_MAX = 16,                        /* points of the way to a place */
	MAP_LINES_MAX = 30,                            /* places on the map that have words; more have tiles only */
	FLOORPLAN_SIDE_PX = 1280,                      /* pixels of the longer side, as it is drawn at start */
	FLOORPLAN_DRAW_MS = 5000,                      /* the time that this may take */
	FLOORPLAN_DRAW_CPU_S = 4,                      /* s of computing within it */
	FLOORPLAN_DRAW_MEMORY_MAX = 256 * 1024 * 1024, /* bytes that it may take, in a process of its own */

	DISPLAY_RETRY_MS = 1000,            /* how often a service without a display looks for one */
	DISPLAY_RETRIES_MAX = 3600,         /* looks after which the service starts anew */
	DISPLAY_NIGHT_RETRY_MS = 10 * 1000, /* the same at night, when a display that is off may be missing */

	NIGHT_OFF_MS = 60 * 1000, /* how long the dark clock is shown before the display is switched off */
	NIGHT_WAKE_MS = 3000,     /* taps do nothing for this long after it was switched on, as it shows nothing yet */
	POWER_MONITORS_MAX = 16,  /* monitors that are switched off and on */
	POWER_ANSWER_MS = 1000,   /* how long a compositor may take to answer that */

	CLOCK_FIRST_YEAR = 2026,  /* a system clock before this year was never set */
	CLOCK_JUMP_S = 60,        /* setting the clock by more than this is a jump */
	CLOCK_SETTLE_S = 10 * 60, /* how long a clock that jumped and is synchronised again is distrusted */

	CONFIG_FILE_MAX = 256 * 1024, /* bytes of the configuration file */
	CONFIG_VALUE_MAX = 2048,      /* bytes of a value or a title in it */
	OFFICE_NAME_MAX = 120,        /* bytes */
	FEED_NAME_MAX = 64,           /* bytes */
	PLACE_ID_MAX = 64,            /* bytes */
	FEEDS_MAX = 64,
	PLACES_MAX = 200,
	PLACE_SEATS_MAX = 1000,
	INFOS_MAX = 24,       /* cards of "Bra att veta" */
	INFO_TITLE_MAX = 60,  /* bytes of a card's title */
	INFO_TEXT_MAX = 400,  /* bytes of a card's text */
	INFO_BUTTON_MAX = 40, /* bytes of the words on its button */
	CODE_BYTES_MAX = 213, /* bytes of a QR code: one of 57 × 57 squares, each wider than half a millimetre on the
				 screen */
	PERSON_NAME_MAX = 80, /* bytes of a name in the rotation table */
	USER_AGENT_MAX = 256, /* bytes */
	FEED_REFRESH_DEFAULT_S = 300,
	FEED_REFRESH_MIN_S = 1,
	FEED_REFRESH_MAX_S = 86400,
	FEED_COVERS_MAX_DAYS = 3650,
	FEED_COVERS_MICROSOFT_DAYS = 90, /* the days ahead that Microsoft publishes, unless the owner widens them */
	CHECKIN_OPENS_MAX_MIN = 24 * 60,
	CHECKIN_GRACE_MAX_MIN = 24 * 60,
	UNDO_MAX_S = 600,
	RETENTION_MIN_DAYS = 1,
	RETENTION_MAX_DAYS = 365,

	PATTERN_TEXT_MAX = 1024,           /* bytes of an expression (match, person) */
	PATTERN_DEPTH_MAX = 16,            /* groups inside groups */
	PATTERN_ELEMENTS_MAX = 2000,       /* characters, sets and groups, multiplied by the numbers in braces */
	PATTERN_COMPILED_MAX = 64 * 1024,  /* bytes of a prepared expression */
	PATTERN_WORK_MAX = 100 * 1000,     /* units of work of one match; about one for each character examined */
	PATTERN_BACKTRACK_MAX = 20 * 1000, /* places to which a match can go back at the same time */
	PATTERN_HEAP_KIB = 4 * 1024,       /* KiB that these places take */

	INGEST_TITLE_MAX = 256,    /* bytes of a title or name that is kept */
	INGEST_LOCATION_MAX = 256, /* bytes of a location that is kept */
	INGEST_URL_MAX = 256,      /* bytes of a meeting's server that are kept */
	INGEST_MARKS_MAX = 8,      /* marks of one letter that are kept; more would be drawn over other lines */
	INGEST_FIELD_MAX = 4096,   /* bytes of a field in which the patterns look */
	INGEST_ROWS_MAX = 20000,   /* rows of one feed; a feed with more is too large */
	UNIT_MEMORY_MAX = 1 << 30, /* bytes: MemoryMax= of the units, beyond which the program is ended */
	FEEDS_MEMORY_SHARE = 8,    /* this part of the unit's memory may be taken by the rows of all feeds.
				    The kiosk keeps those of the days that it shows, and while a feed is read
				    all of its rows twice; in addition the answers of the network
				    (FETCH_HELD_MAX), and the occurrences that were read */
	FEEDS_BYTES_MAX = UNIT_MEMORY_MAX / FEEDS_MEMORY_SHARE, /* bytes of that, when the unit has no limit of its own;
								   a feed that would exceed it is too large */
	FEEDS_RESERVED_SHARE = 2,            /* this part of it is divided among the feeds, so that each has room */
	FEEDS_DIGESTS_SHARE = 4,             /* this part of it may be taken in addition by digests of calendars */
	INGEST_WORK_MAX = 200 * 1000 * 1000, /* units of work (see PATTERN_WORK_MAX) of one reading of a feed */
	INGEST_TEXT_WORK_MAX = 200 * 1000,   /* units of work for one text */
	INGEST_MEMO_MAX = 4 << 20, /* bytes of texts that are remembered during a reading, for places and for persons */
	CREDENTIAL_MAX = 16 * 1024, /* bytes of a credential */
	PROPOSE_EVENTS_MAX = 500,   /* events from which set-up learns what a calendar holds */
	PROPOSE_NAME_MAX = 256,     /* bytes of a text in which it looks for a place or a person, with a NUL */
	PROPOSE_LOCATION_MAX = 40,  /* bytes of a location that may be a place although nothing else says so */
	PLACE_NUMBERS_MAX = 1000,   /* a place's number is below this when set-up counts places */
	SETUP_DAYS = 28,            /* days ahead of which set-up shows the bookings */
	SETUP_LEARN_DAYS = 120,     /* days ahead, and a quarter of it back, from which it learns */
	SETUP_LINE_MAX = 4096,      /* bytes of an answer */
	SETUP_WRITES_MAX = 5,       /* times that it tries to write the configuration */
	SETUP_SHOWN_MAX = 24,       /* lines of a table that it shows */
	DIFF_CONTEXT_MAX = 3,       /* lines around a change that it shows */
	DIFF_LINES_MAX = 4000,      /* lines of a configuration that it compares */
	NOTES_MAX = 1024,           /* bytes of the notes about a reading */

	SYNC_PAST_DAYS = 2, /* the window of a feed's occurrences, from today */
	SYNC_BOOKINGS_DAYS = 60,
	SYNC_MEETINGS_DAYS = 400,
	SYNC_CLOSURES_DAYS = 400,
	SYNC_SHRUNK_PERCENT = 10,        /* a feed with less than this share of its former rows has shrunk */
	SYNC_PATCHES_MAX = 16,           /* changes to a feed's rows in memory before they are read again */
	SYNC_QUEUE_MAX = 64,             /* commands that wait for the worker */
	SYNC_RESULTS_MAX = 16,           /* answers that wait for the screen */
	SYNC_STORE_RETRY_MS = 30 * 1000, /* a database that failed is tried again */
	SYNC_ASK_MS = 120 * 1000,        /* how long `sync` waits for the kiosk that runs */
	SYNC_ASK_LOOK_MS = 100,          /* how often it looks for the answer */
	SYNC_DEAF_MS = 5 * 1000,         /* how often to look for changed files where the system does not report them */
	SYNC_SLACK_MS = 30 * 1000,       /* for SQLite and a busy machine, before the worker counts as hung */
	SYNC_COMMAND_MS = 15 * 1000,     /* when a command waits longer, the worker hangs */

	COLLECTION_OBJECTS_MAX = 50 * 1000,  /* objects of a calendar on a CalDAV server; one with more is too large */
	COLLECTION_OBJECT_MAX = 1 << 20,     /* bytes of one of them; a larger one is left out */
	COLLECTION_NAME_MAX = 512,           /* bytes of its name, with a NUL; one with a longer name is left out */
	COLLECTION_CHUNK_MAX = 100,          /* objects that are asked for in one request */
	COLLECTION_TEXT_MAX = 64 * 1024,     /* bytes of such a request */
	COLLECTION_ANSWER_MAX = 16 << 20,    /* bytes of its answer; when it has more, fewer are asked for at a time */
	COLLECTION_TRIES_MAX = 2,            /* requests with an object that the server leaves out of its answers */
	COLLECTION_REFUSED_MAX = 3,          /* requests in a row for a single object that the server refuses */
	COLLECTION_ROUND_MS = 5 * 60 * 1000, /* how long one fetch of such a calendar goes on; the next one continues */
	COLLECTION_WHOLE_MS =
		60 * 60 * 1000,          /* how often it is listed as a whole, whatever the server says of changes */
	COLLECTIONS_SHARE = 2,           /* this part of FEEDS_BYTES_MAX (or of the unit's share of memory, see there)
					    may be taken in addition by the texts of all such calendars */
	COLLECTION_NAMED_MAX = 3,        /* objects that could not be used and are named */
	SHARE_BOX_MAX = 32,              /* bytes of a box's name */
	SHARE_TEXT_MAX = 1024,           /* bytes of one text of a check-in that is shared */
	SHARE_OBJECT_MAX = 32 * 1024,    /* bytes of a check-in as it is stored on the server */
	SHARE_NAMES_MAX = 200 * 1000,    /* check-ins on the server; more are not looked at */
	SHARE_PARTS_MAX = 200,           /* parts in which a server may answer with its list */
	SHARE_WHOLE_MS = 60 * 60 * 1000, /* how often everything on the server is listed anew */
	SHARE_STUCK_MAX = 2,             /* exchanges that may end at the same object, before it is left out */
	SHARE_GET_MAX = 500,             /* check-ins that are received in one exchange; the next one goes on at once */
	SHARE_PUT_MAX = 500,             /* check-ins that are delivered in one exchange, likewise */
	SHARE_REMOVE_MAX = 200,          /* check-ins that are removed from the server in one exchange, likewise */
	SHARE_REFUSED_MAX = 10 * 1000, /* objects that cannot be used and are remembered, so as not to be read again */
	SHARE_OPEN_MS = 10 * 1000,     /* pause between two exchanges while the office is open */
	SHARE_CLOSED_MS = 60 * 1000,   /* the same outside opening hours */
	SHARE_LOST_MS = 60 * 1000,     /* without contact for so long, the screen says so */
	SHARE_BOARD_MS = 60 * 1000,    /* how often other programs learn of exchanges without news */
	SHARE_LONGEST_RETRY_MS = 60 * 1000, /* longest pause after exchanges that failed; a server may ask for more */
	SHARE_OTHERS_DAYS = 7,              /* days after retention when a box removes what another one has left */
	SHARE_AHEAD_DAYS = 366,             /* a check-in that is dated further ahead than this is refused */

	CATALOGUE_FILE_MAX = 1 << 20, /* bytes of a catalogue of translations */
	PLURAL_TEXT_MAX = 256,        /* bytes of its rule for plurals */

	DEVICE_NAME_MAX = 128, /* bytes of an input device's name */

	WINDOW_SIDE_MIN = 200, /* pixels, of --window */
	WINDOW_SIDE_MAX = 8192,
	WINDOW_PIXELS_MAX = 7680 * 4320, /* of a picture, which takes ten bytes for each of them */
	AGENDA_DAYS_DEFAULT = 7,
	AGENDA_DAYS_MAX = 366,
	DISK_FREE_MIN = 64 << 20, /* bytes; `doctor` warns when less is free */

	PACE_FIRST_RETRY_MS = 15 * 1000,        /* ms to the first retry; each further one waits twice as long */
	PACE_LONGEST_RETRY_MS = 30 * 60 * 1000, /* ms of the longest such wait */
	PACE_JITTER_PERCENT = 10,               /* % by which a wait varies, so that offices do not ask in step */
	PACE_FIRST_PERCENT = 10, /* % of the refresh after which a feed is asked for the second time at the earliest */
	PACE_NETWORK_BACK_MS =
		2 * 1000, /* ms from a change of the network to a new try of the feeds that could not be reached */
	PACE_NETWORK_AGAIN_MS = 10 * 1000, /* ms that must lie between such a try and the one before it */
	FOLLOWER_LOCK_MS = 100,   /* ms between two tries for the lock of a program that ends; the lock is released a
				     moment after its file was closed */
	FOLLOWER_LOCK_TRIES = 20, /* tries for that lock */
	BOARD_BYTES_MAX =
		256 * 1024,     /* bytes of the report on feeds that the program that syncs writes for the others */
	PHONE_GROUPS_MAX = 12,  /* groups of digits of one telephone number; the digits after them are not part of it */
	QUIET_WATCHED_MAX = 64, /* descriptors that a screen without a compositor waits for */
	QUIET_PATH_MAX = 256,   /* bytes of the name of such a device */
	QUIET_UNPLUGGED_MS = 10, /* ms between two looks while a device is gone and SDL has not closed it yet */
	LOOP_SLEEP_MAX_MS = 60 * 60 * 1000, /* ms that the screen sleeps at most */
	LOOP_SLEEP_AGAIN_MS =
		1000, /* ms of sleep when an instant that should have passed is still reported as the next one */
	WALL_GAP_MIN_S = 15 * 60,   /* s; a shorter gap between two bookings is of no use to anybody */
	WALL_LINES_MIN = 4,         /* lines of the smallest type that notes leave for the meeting that goes on */
	DATE_NO_YEAR_DAYS = 300,    /* days ahead up to which a date is shown without its year */
	REGION_YEAR_MIN = 1990,     /* first year of the rotation table */
	REGION_YEAR_MAX = 2999,     /* last year of the rotation table */
	USAGE_LEAST = 5,            /* a number of stays below this is merged with its neighbours */
	USAGE_KEPT_DAYS = 10 * 366, /* days for which the numbers of the report are kept */
	USAGE_STAYS_MAX = 1000 * 1000 * 1000, /* stays in one number of it */
	PURGE_DAYS = 7,                       /* days of old check-ins that are erased in one step */
	PURGES_KEPT_MAX = 400,                /* erasures in the log of them; the oldest goes first */
	HISTORY_FILE_MAX = 8 << 20,           /* bytes of the file of both */
	BACKUP_FILE_MAX = 256 << 20,          /* bytes of one file in the archive of `backup` */
	BACKUP_PATH_MAX = 512,                /* bytes of its path, with a NUL */
	CANARY_MIN = 4,    /* bytes of a canary of `privacy-audit`; a shorter one would be found everywhere by chance */
	CANARY_MAX = 1024, /* bytes of a canary of `privacy-audit` */
	AUDIT_SCREENS_MAX = 2000, /* screens that `privacy-audit` looks at */
	LANGUAGE_MAX = 15,        /* languages beside English */
	LANGUAGE_NAME_MAX = 63,   /* bytes of a language's name */
	NEAREST_NAME_MAX = 63,    /* bytes; a longer name has no near match */
	CONFIG_SHOWN_MAX = 60,    /* bytes of a value that a message repeats */
	TEXT_MEASURED_MAX = 400,  /* bytes of a line that are measured; no line on any screen is longer, and the rest is
				     only estimated */
	TEXT_LETTERS_MIN = 3,     /* letters before an ellipsis; when fewer fit, nothing is shown */
	GRID_ROWS_MAX = 12,       /* rows of places on one page */
	LEGEND_ROWS_MAX = 3,      /* rows of the legend */
	FOOTER_ROWS_MAX = 4,      /* rows of buttons below the home screen */
	FOOTER_BUTTONS_MAX = 8,   /* buttons there */
	ROTATION_LINES_MAX = 7,   /* years of the rotation that are shown */
	DROP_IN_CHOICES_MAX = 3,  /* choices on a free place */
	EXTEND_CHOICES_MAX = 3,   /* ways to extend a stay */
	SHEET_DAY_MAX = 12,       /* bookings in the list of a place's day; the others are counted */
	DAY_GAP_MIN_S = 15 * 60,  /* s; a shorter gap does not stand in the list of a place's day */
	DAY_LINES_MAX = 3 /* lines of a place's day that give way to the code of its booking page; more are counted */
};

#endif
