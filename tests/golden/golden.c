/* Goldens: every screen as a list of its widgets, kept beside this file, compared with a tolerance that a moved or
 * clipped text does not pass. What differs is also drawn: where it was in red, where it is in green.
 *   golden GOLDENS PICTURES            compares
 *   golden GOLDENS PICTURES --update   makes the goldens anew
 *   golden GOLDENS PICTURES --draw     draws every screen
 * Letters are of other widths in another version of Inter, so lines break elsewhere. The version that the goldens were
 * drawn with is kept beside them in the file "font". With another version only the buttons are compared, wherever they
 * are, and the exit status says that the comparison was skipped. */
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/draw/screenshot.h"
#include "app/draw/walls.h"
#include "app/draw/text.h"
#include "cases.h"

enum { TOLERANCE_PX = 2, LINE_MAX_BYTES = 4096, WIDGETS_MAX = 4096, EXIT_SKIPPED = 77, FONT_MAX_BYTES = 64 };

struct run {
	const char *goldens, *pictures;
	bool updates, draws;
	bool has_other_font; /* than the one that the goldens were drawn with */
	struct text *text;
	struct hyphens *hyphens;
	struct walls *walls;
	int changed, missing;
};

/* One widget of a golden. */
struct line {
	struct rect box;
	int font_px;
	char rest[LINE_MAX_BYTES]; /* role, state, colours, id and words */
};

static void words_print(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n') {
			fputs("\\n", out);
		} else {
			fputc(*text, out);
		}
	}
}

static void widget_print(FILE *out, const struct widget *widget)
{
	const struct rect *box = &widget->box;
	fprintf(out, "%d %d %d %d %d\t%d%d%d%d%d %08X %08X %08X %d\t", box->x, box->y, box->w, box->h, widget->font_px,
		widget->role, widget->enabled, widget->clipped, widget->is_covered, widget->fill, widget->fg,
		widget->bg, widget->fill_rgb, widget->icon);
	words_print(out, widget->id);
	fputc('\t', out);
	words_print(out, widget->text);
	fputc('\n', out);
}

static char *tree_print(const struct ui *ui)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&bytes, &length);
	if (!out) {
		return NULL;
	}
	for (size_t i = 0; i < ui->count; i++) {
		widget_print(out, &ui->widgets[i]);
	}
	fclose(out);
	return bytes;
}

static bool line_read(const char **at, struct line *out_line)
{
	const char *end = strchr(*at, '\n');
	int used = 0;
	struct rect *box = &out_line->box;
	if (!end ||
	    sscanf(*at, "%d %d %d %d %d%n", &box->x, &box->y, &box->w, &box->h, &out_line->font_px, &used) != 5) {
		return false;
	}
	snprintf(out_line->rest, sizeof(out_line->rest), "%.*s", (int)(end - *at) - used, *at + used);
	*at = end + 1;
	return true;
}

/* A button as a line that has no place and no words, which depend on the font, but its state and its id. */
static bool button_read(const char **at, struct line *out_button)
{
	struct line line = {0};
	while (line_read(at, &line)) {
		char state[16], id[LINE_MAX_BYTES];
		if (sscanf(line.rest, " %15s %*s %*s %*s %*d\t%4095[^\t]", state, id) == 2 &&
		    state[0] == '0' + UI_BUTTON) {
			*out_button = (struct line){.font_px = 0};
			snprintf(out_button->rest, sizeof(out_button->rest), "\t%.5s\t%.4000s", state, id);
			return true;
		}
	}
	return false;
}

static bool is_near(const struct line *a, const struct line *b)
{
	return abs(a->box.x - b->box.x) <= TOLERANCE_PX && abs(a->box.y - b->box.y) <= TOLERANCE_PX &&
	       abs(a->box.w - b->box.w) <= TOLERANCE_PX && abs(a->box.h - b->box.h) <= TOLERANCE_PX &&
	       abs(a->font_px - b->font_px) <= 1 && strcmp(a->rest, b->rest) == 0;
}

static char *file_read(const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in) {
		return NULL;
	}
	char *bytes = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&bytes, &length);
	char part[8192];
	for (size_t got = 0; out && (got = fread(part, 1, sizeof(part), in)) > 0;) {
		fwrite(part, 1, got, out);
	}
	fclose(in);
	if (out) {
		fclose(out);
	}
	return bytes;
}

/* Frames that lie over the screen in the picture. */
struct frames {
	struct widget *widgets;
	size_t count;
};

static void frame_add(struct frames *frames, struct rect box, uint32_t rgb)
{
	if (frames->count < WIDGETS_MAX) {
		frames->widgets[frames->count++] = (struct widget){.id = "",
								   .role = UI_GROUP,
								   .parent = -1,
								   .box = box,
								   .border_rgb = rgb,
								   .border_px = 3,
								   .text = "",
								   .spoken = "",
								   .code = "",
								   .action = {.id = "", .place = ""}};
	}
}

/* Compares line by line; the first few differences are printed, and all are framed. */
static int trees_compare(const char *name, const char *before, const char *after, bool compares_all,
			 struct frames *frames)
{
	bool (*const read)(const char **, struct line *) = compares_all ? line_read : button_read;
	int differences = 0;
	struct line a = {0}, b = {0};
	for (;;) {
		bool has_a = before && read(&before, &a), has_b = read(&after, &b);
		if (!has_a && !has_b) {
			return differences;
		}
		if (has_a && has_b && is_near(&a, &b)) {
			continue;
		}
		if (differences++ < 3) {
			printf("%s\n  was %d %d %d %d %d%s\n  is  %d %d %d %d %d%s\n", name, a.box.x, a.box.y, a.box.w,
			       a.box.h, a.font_px, has_a ? a.rest : " nothing", b.box.x, b.box.y, b.box.w, b.box.h,
			       b.font_px, has_b ? b.rest : " nothing");
		}
		if (has_a) {
			frame_add(frames, a.box, 0xFFD00000);
		}
		if (has_b) {
			frame_add(frames, b.box, 0xFF00A000);
		}
	}
}

/* The screen as it is now with the frames on top. */
static void difference_draw(const struct run *run, const struct ui *ui, const struct frames *frames, const char *name)
{
	struct ui picture = *ui;
	picture.count = ui->count + frames->count;
	picture.widgets = calloc(picture.count, sizeof(*picture.widgets));
	if (!picture.widgets) {
		return;
	}
	memcpy(picture.widgets, ui->widgets, ui->count * sizeof(*ui->widgets));
	memcpy(picture.widgets + ui->count, frames->widgets, frames->count * sizeof(*frames->widgets));
	char path[1024];
	struct err err = {0};
	snprintf(path, sizeof(path), "%s/%s.png", run->pictures, name);
	if (screenshot_write(&picture, run->walls, KIOSK_BINARY_DIR "/share/satellitkiosk", path, &err)) {
		printf("%s%s\n", run->draws ? "" : "  the difference: ", path);
	} else {
		printf("  %s\n", err.text);
	}
	free(picture.widgets);
}

static bool golden_write(const char *path, const char *tree)
{
	FILE *out = fopen(path, "wb");
	bool done = out && fputs(tree, out) >= 0;
	return (!out || fclose(out) == 0) && done;
}

static bool case_run(struct run *run, const struct golden_case *golden, const struct ui *ui)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%s.tree", run->goldens, golden->name);
	char *before = file_read(path), *after = tree_print(ui);
	struct frames frames = {.widgets = calloc(WIDGETS_MAX, sizeof(struct widget))};
	bool done = after && frames.widgets;
	bool compares_all = !run->has_other_font || run->updates;
	int differences = done ? trees_compare(golden->name, before, after, compares_all, &frames) : 0;
	if ((differences > 0 && before) || run->draws) {
		difference_draw(run, ui, &frames, golden->name);
	}
	run->changed += differences > 0;
	run->missing += !before;
	if (done && differences > 0 && run->updates) {
		done = golden_write(path, after);
	}
	free(frames.widgets);
	free(before);
	free(after);
	return done;
}

static struct ui *case_layout(const struct run *run, const struct golden_case *golden, struct arena *arena)
{
	struct layout_screen screen = fixture_screen(golden->width_px, golden->height_px);
	screen.text_percent = golden->text_percent ? golden->text_percent : 100;
	screen.high_contrast = golden->high_contrast;
	screen.low_reach = golden->low_reach;
	screen.hyphens = run->hyphens;
	if (golden->diagonal_in > 0) {
		screen.px_per_mm = hypot(golden->width_px, golden->height_px) / (golden->diagonal_in * 25.4);
	}
	screen.distance_m = golden->distance_m > 0 ? golden->distance_m : screen.distance_m;
	return layout_create(fixture_model(arena, &golden->fixture), &screen, text_measure(run->text));
}

static bool cases_run(struct run *run)
{
	bool done = true;
	for (size_t i = 0; i < golden_case_count && done; i++) {
		struct arena *arena = arena_create();
		struct ui *ui = case_layout(run, &golden_cases[i], arena);
		done = ui && case_run(run, &golden_cases[i], ui);
		layout_destroy(ui);
		arena_destroy(arena);
	}
	return done;
}

static void font_name(char name[FONT_MAX_BYTES])
{
	FcPattern *wanted = FcNameParse((const FcChar8 *)"Inter:regular"), *found = NULL;
	FcResult result = FcResultNoMatch;
	if (wanted) {
		FcConfigSubstitute(NULL, wanted, FcMatchPattern);
		FcDefaultSubstitute(wanted);
		found = FcFontMatch(NULL, wanted, &result);
	}
	FcChar8 *family = NULL;
	int version = 0; /* 16.16 */
	if (found && FcPatternGetString(found, FC_FAMILY, 0, &family) == FcResultMatch) {
		FcPatternGetInteger(found, FC_FONTVERSION, 0, &version);
	}
	snprintf(name, FONT_MAX_BYTES, "%.40s %.3f\n", family ? (const char *)family : "none", version / 65536.0);
	if (found) {
		FcPatternDestroy(found);
	}
	if (wanted) {
		FcPatternDestroy(wanted);
	}
	FcFini();
}

/* Compares the installed font with the goldens' one, or notes the installed one beside the goldens. */
static bool font_check(struct run *run)
{
	char path[1024], name[FONT_MAX_BYTES];
	snprintf(path, sizeof(path), "%s/font", run->goldens);
	font_name(name);
	char *before = file_read(path);
	run->has_other_font = !before || strcmp(before, name) != 0;
	if (run->has_other_font && !run->updates) {
		printf("only the buttons are compared: the goldens were drawn with %s, here is %s",
		       before ? before : "no font", name);
	}
	free(before);
	return !run->updates || golden_write(path, name);
}

/* Those of the demo office, whose plan is that of the fixtures. */
static struct walls *walls_read(struct err *err)
{
	struct floorplan *floorplan =
		floorplan_read(KIOSK_BINARY_DIR "/share/satellitkiosk/demo/plan.svg", NULL, 0, err);
	struct walls *walls = floorplan ? walls_create(floorplan, err) : NULL;
	floorplan_destroy(floorplan);
	return walls;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	if (argc < 3) {
		fprintf(stderr, "usage: golden GOLDENS PICTURES [--update]\n");
		return 2;
	}
	struct run run = {.goldens = argv[1], .pictures = argv[2], .text = text_create(&err)};
	run.hyphens = run.text ? hyphens_create(KIOSK_BINARY_DIR "/share/satellitkiosk/joints", HYPHENS_PATTERNS, &err)
			       : NULL;
	run.walls = walls_read(&err);
	run.updates = argc > 3 && strcmp(argv[3], "--update") == 0;
	run.draws = argc > 3 && strcmp(argv[3], "--draw") == 0;
	if (mkdir(run.pictures, 0755) != 0 && errno != EEXIST) {
		perror(run.pictures);
		return 1;
	}
	bool done = run.text && font_check(&run) && cases_run(&run);
	hyphens_destroy(run.hyphens);
	walls_destroy(run.walls);
	text_destroy(run.text);
	printf("%zu screens, %d %s\n", golden_case_count, run.changed, run.updates ? "made anew" : "differ");
	if (!done || (run.changed > 0 && !run.updates)) {
		return 1;
	}
	return run.has_other_font && !run.updates && !run.draws ? EXIT_SKIPPED : 0;
}
