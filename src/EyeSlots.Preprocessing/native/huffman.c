/*
 * Huffman decoding of baseline JPEG, the largest part of cutting a slot: everything above the slot's last row must be read,
 * most of it only to find where it ends.
 *
 * The decoder takes the place of the library's own in cinfo->entropy (libjpeg's method pointers), so the inverse transform stays
 * the library's, as upsampling and colours do where rows.c does not take theirs. Whatever is not an ordinary code of an ordinary file (an invalid
 * code, a run past the block, a marker too early) makes it surrender: the caller decodes the file again with the library's
 * decoder, whose warnings decide.
 */
#include "huffman.h"

#include <string.h>

#define MARGIN 6             /* pixels around the needed area: the warp's rounding and neighbours, then those of upsampling */

/* The members of libjpeg's structures, up to those replaced here. */
struct entropy_methods {
    void (*start_pass)(j_decompress_ptr);
    boolean (*decode_mcu)(j_decompress_ptr, JBLOCKROW *);
};
struct inverse_methods {
    void (*start_pass)(j_decompress_ptr);
    inverse_method inverse[MAX_COMPONENTS];
};

/* --- bytes --- */

/*
 * The next bytes and the MCUs in them: about as many as will be asked for, as what is found beyond is lost. The second time there are
 * enough for any MCU; so nothing is found only in what is no ordinary file.
 */
static void find_more(struct huffman *h)
{
    struct bytes *f = &h->bytes;
    double wanted = (double)h->ahead * h->rate * 1.06 + 64, least = 512;
    if (wanted > MOST_BYTES) wanted = MOST_BYTES;
    for (int i = 0; i < 2; i++, least = MCU_BYTES) {
        bytes_fill(f, h->walks.rest, (size_t)(wanted < least ? least : wanted));
        h->walks.valid = bytes_valid(f);
        walk_all(&h->walks, h->walks.rest % 8);
        h->stretch = 0;
        if (h->walks.count || f->ended) return;
    }
}

static void next_stretch(struct huffman *h)
{
    if (h->stretch == h->walks.count && !h->bytes.ended) find_more(h);
    if (h->stretch == h->walks.count) surrender(h);
    const struct stretch *s = &h->walks.found[h->stretch++];
    h->walk = s->walk;
    h->at = s->first;
    h->last = s->last;
}

static void pass_restart(struct huffman *h)
{
    struct bytes *f = &h->bytes;
    if (h->at == h->last && h->stretch == h->walks.count && !f->ended) find_more(h);
    int64_t left = 8 * (f->end - f->bytes) - h->walks.rest;
    if (h->at != h->last || h->stretch != h->walks.count || left >= 8) surrender(h);
    if (f->source_end - f->source < 2 || f->source[0] != 0xFF || f->source[1] != JPEG_RST0 + h->restart) surrender(h);
    f->source += 2;
    f->ended = 0;
    f->end = f->bytes;
    h->walks.rest = 0;
    h->restart = (h->restart + 1) & 7;
    h->until_restart = h->interval;
    memset(h->prediction, 0, sizeof h->prediction);
}

/* --- MCUs --- */

static inline __attribute__((always_inline)) int first_value(const struct huffman *h, uint32_t entry)
{
    uint32_t look = h->walk->entries[entry];
    return __builtin_expect(look == ALONE, 0) ? h->walk->alone[entry].value : FIRST_VALUE(h->shown.values[look_of(h->shown, look)]);
}

/* The blocks lie one behind the other. Whether one has ended is reckoned with, not asked: no processor guesses it. */
static inline __attribute__((always_inline)) void write_blocks(const struct huffman *h, uint32_t entry, uint32_t last, JCOEF *block)
{
    const uint32_t *entries = h->walk->entries;
    struct shown shown = h->shown;
    size_t ended;
    for (size_t place = 0; entry < last; entry++, place &= ended - 1, block += DCTSIZE2 * ended) {
        if (__builtin_expect(entries[entry] == ALONE, 0)) {
            struct alone one = h->walk->alone[entry];
            place += one.place;
            block[place - 1] = one.value;
            ended = one.ended;
            continue;
        }
        size_t look = look_of(shown, entries[entry]), step = shown.steps[look], advance = ADVANCE(step);
        if (__builtin_expect(advance > SHOWN, 0)) block[place + advance - 1] = FIRST_VALUE(shown.values[look]);
        else write_shown(block + place, shown.values + look);
        place += advance;
        ended = step / ENDED % 2;
    }
}

/* Columns so wide that pixels of some rows lie in. */
static struct span columns_of(const struct huffman *h, int top, int rows, int width)
{
    struct span pixels = needed_columns(&h->needed, top, top + rows, MARGIN);
    return (struct span){ pixels.first / width, pixels.last / width };
}

static void begin_row(struct huffman *h)
{
    struct span mcus = columns_of(h, h->row * h->down, h->down, h->across);
    h->wanted.first = mcus.first > h->decoded.first ? mcus.first : h->decoded.first;
    h->wanted.last = mcus.last < h->decoded.last ? mcus.last : h->decoded.last;
    if (!h->of_four || h->wanted.first > h->wanted.last) return;
    for (int i = 0; i < 2; i++) h->halves[i] = columns_of(h, h->row * h->down + DCTSIZE * i, DCTSIZE, DCTSIZE);
}

/* The blocks of the MCU under way that are wanted. At the rim of a slot it may be some of the four of luma. */
static inline unsigned given_blocks(const struct huffman *h)
{
    int left = 2 * h->column, right = left + 1;
    unsigned all = (1u << h->walks.blocks) - 1;
    if (h->column < h->wanted.first || h->column > h->wanted.last) return 0;
    if (!h->of_four) return all;
    for (int i = 0; i < 2; i++) {
        struct span s = h->halves[i];
        if (left < s.first || left > s.last) all &= ~(1u << 2 * i);
        if (right < s.first || right > s.last) all &= ~(2u << 2 * i);
    }
    return all;
}

static void count_mcu(struct huffman *h)
{
    h->ahead--;
    if (++h->column < h->columns) return;
    h->column = 0;
    h->row++;
    begin_row(h);
}

/* libjpeg's decode_mcu: the blocks are zeroed; without blocks the MCU is only passed. */
FOR_EACH_PROCESSOR static boolean decode_mcu(j_decompress_ptr cinfo, JBLOCKROW *blocks)
{
    struct huffman *h = cinfo->client_data;
    int count = h->walks.blocks;
    if (h->interval && h->until_restart-- == 0) {
        pass_restart(h);
        h->until_restart--;
    }
    if (h->at == h->last) next_stretch(h);
    const uint16_t *at = h->at;
    h->given = blocks ? given_blocks(h) : 0;
    if (h->given) {
        if (blocks[count - 1] != blocks[0] + count - 1) surrender(h);
        h->first = *blocks[0];
        if (h->given == (1u << count) - 1) write_blocks(h, at[0], at[count], h->coded);
        else for (int i = 0; i < count; i++) if (h->given >> i & 1) write_blocks(h, at[i], at[i + 1], h->coded + DCTSIZE2 * i);
        h->order(h->coded, h->first, count);
    }
    for (int i = 0; i < count; i++) {
        int value = h->prediction[h->component[i]] += first_value(h, at[i]);
        if (value != (JCOEF)value) surrender(h);
        if (h->given) (*blocks[i])[0] = (JCOEF)value;
    }
    h->at = at + count;
    count_mcu(h);
    return TRUE;
}

/* libjpeg transforms an MCU as soon as it is decoded. */
static void inverse_dct(j_decompress_ptr cinfo, jpeg_component_info *component, JCOEFPTR block, JSAMPARRAY rows, JDIMENSION column)
{
    struct huffman *h = cinfo->client_data;
    if (h->given && h->given >> (block - h->first) / DCTSIZE2 & 1) h->inverse[component->component_index](cinfo, component, block, rows, column);
}

/* --- taking the place --- */

/* The table of each component, each asked for once; 0 where one is not made. */
static int prepare_tables(struct tables *all, const j_decompress_ptr cinfo, int *tables)
{
    int made = 1;
    for (int i = 0; i < cinfo->comps_in_scan; i++) {
        const jpeg_component_info *c = cinfo->cur_comp_info[i];
        tables[i] = -2;
        for (int j = 0; j < i; j++)
            if (cinfo->cur_comp_info[j]->dc_tbl_no == c->dc_tbl_no && cinfo->cur_comp_info[j]->ac_tbl_no == c->ac_tbl_no) tables[i] = tables[j];
        if (tables[i] == -2) tables[i] = table_of(all, cinfo->dc_huff_tbl_ptrs[c->dc_tbl_no], cinfo->ac_huff_tbl_ptrs[c->ac_tbl_no]);
        made &= tables[i] >= 0;
    }
    return made;
}

static void prepare_blocks(struct huffman *h, const j_decompress_ptr cinfo, const struct tables *all, const int *tables)
{
    int count = h->walks.blocks = cinfo->blocks_in_MCU;
    for (int i = 0; i < count; i++) {
        int table = tables[cinfo->MCU_membership[i]], next = tables[cinfo->MCU_membership[(i + 1) % count]];
        h->component[i] = cinfo->MCU_membership[i];
        h->walks.kinds[i] = (struct kind){ all->steps[table][AC], all->steps[next][DC], &h->walks.kinds[(i + 1) % count], table };
    }
    h->walks.tables = all;
    h->shown = (struct shown){ all->values[0][0], all->steps[0][0] };
    h->order = order_blocks();
    memset(h->coded, 0, sizeof h->coded);
}

static void prepare_bytes(struct huffman *h, const j_decompress_ptr cinfo)
{
    h->bytes.source = cinfo->src->next_input_byte;
    h->bytes.source_end = h->bytes.source + cinfo->src->bytes_in_buffer;
    h->bytes.end = h->bytes.bytes;
    h->bytes.ended = 0;
    h->walks.bytes = h->bytes.bytes;
    h->walks.rest = h->walks.count = h->stretch = 0;
    h->walk = NULL;
    h->at = h->last = NULL;
    h->interval = h->until_restart = (int)cinfo->restart_interval;
    h->restart = 0;
    memset(h->prediction, 0, sizeof h->prediction);
}

static void prepare_rows(struct huffman *h, const j_decompress_ptr cinfo, const struct request *request)
{
    int alone = cinfo->comps_in_scan == 1;
    h->across = alone ? DCTSIZE : cinfo->max_h_samp_factor * DCTSIZE;
    h->down = alone ? DCTSIZE : cinfo->max_v_samp_factor * DCTSIZE;
    h->decoded = (struct span){ (int)request->left / h->across, ((int)(request->left + request->width) + h->across - 1) / h->across - 1 };
    h->needed = request->needed;
    h->of_four = cinfo->blocks_in_MCU == 6 && h->across == 2 * DCTSIZE && h->down == 2 * DCTSIZE && cinfo->cur_comp_info[0]->MCU_blocks == 4;
    h->columns = (int)cinfo->MCUs_per_row;
    h->column = h->row = 0;
    h->ahead = (long)h->columns * (((long)request->bottom + h->down - 1) / h->down);
    h->rate = (double)(cinfo->src->bytes_in_buffer + request->missing) / ((double)h->columns * cinfo->MCU_rows_in_scan);
    begin_row(h);
}

/* Whether every block is wanted, and no marker stands between them. */
static int is_whole(const j_decompress_ptr cinfo, const struct request *request)
{
    if (cinfo->restart_interval || request->needed.corners) return 0;
    return !request->left && !request->top && request->width == cinfo->image_width && request->bottom == cinfo->image_height;
}

static void take_place(struct huffman *h, j_decompress_ptr cinfo)
{
    struct inverse_methods *methods = (struct inverse_methods *)cinfo->idct;
    ((struct entropy_methods *)cinfo->entropy)->decode_mcu = decode_mcu;
    for (int i = 0; i < cinfo->num_components; i++) {
        h->inverse[i] = methods->inverse[i];
        methods->inverse[i] = inverse_dct;
    }
}

int huffman_install(j_decompress_ptr cinfo, struct kept *kept, const struct request *request)
{
    struct huffman *h = cinfo->client_data;
    int sequential = cinfo->Ss == 0 && cinfo->Se == DCTSIZE2 - 1 && cinfo->Ah == 0 && cinfo->Al == 0, tables[MAX_COMPS_IN_SCAN];
    if (cinfo->progressive_mode || cinfo->arith_code || !sequential || cinfo->data_precision != 8) return 0;
    if (cinfo->comps_in_scan != cinfo->num_components || cinfo->unread_marker) return 0;
    if (!prepare_tables(&kept->tables, cinfo, tables)) return 0;
    h->walks.walks = kept->walks;
    prepare_blocks(h, cinfo, &kept->tables, tables);
    prepare_bytes(h, cinfo);
    if (is_whole(cinfo, request)) {
        ((struct entropy_methods *)cinfo->entropy)->decode_mcu = whole_decode_mcu;
        return 1;
    }
    prepare_rows(h, cinfo, request);
    take_place(h, cinfo);
    return 1;
}

/* A walk goes little further than what is asked for, so it is gone back. */
const uint8_t *huffman_reached(const struct huffman *h)
{
    const struct walk *w = h->walk;
    int64_t bits = w ? walk_position(w) - walk_bits(&h->walks, w, *h->at, w->entry) : h->walks.rest;
    return bytes_place(&h->bytes, bits);
}
