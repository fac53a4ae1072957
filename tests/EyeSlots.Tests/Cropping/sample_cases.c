/*
 * Samples the crops of a file by the library that the program uses, for a processor on which .NET is not started.
 *   sample_cases LIBRARY CASES OUT
 * A case: six numbers (width and height of crop and input, bytes of crop and input), the sampling (sample.h), the crop.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct sampling { int64_t positions[6]; int32_t taps[2]; uint32_t gain; int32_t is_gray; };
typedef int sample(const uint8_t *, size_t, int, int, const struct sampling *, uint8_t *, size_t, int, int);

int main(int count, char **words)
{
    if (count != 4) return 2;
    void *library = dlopen(words[1], RTLD_LAZY);
    if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
    sample *eyeslots_sample = (sample *)dlsym(library, "eyeslots_sample");
    FILE *cases = fopen(words[2], "rb"), *out = fopen(words[3], "wb");
    if (!eyeslots_sample || !cases || !out) return 1;
    int32_t sizes[6];
    while (fread(sizes, sizeof sizes, 1, cases) == 1) {
        struct sampling s;
        uint8_t *crop = malloc((size_t)sizes[4]), *input = malloc((size_t)sizes[5]);
        if (fread(&s, sizeof s, 1, cases) != 1 || fread(crop, (size_t)sizes[4], 1, cases) != 1) return 1;
        int status = eyeslots_sample(crop, (size_t)sizes[4], sizes[0], sizes[1], &s, input, (size_t)sizes[5], sizes[2], sizes[3]);
        if (status != 0) return fprintf(stderr, "status %d\n", status), 1;
        fwrite(input, (size_t)sizes[5], 1, out);
        free(crop);
        free(input);
    }
    return fclose(out) == 0 ? 0 : 1;
}
