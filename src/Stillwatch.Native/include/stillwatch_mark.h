/* The production mark (scheme stillwatch-mark-1) for inference hosts that are not .NET.
 *
 * Every function returns STILLWATCH_MARK_OK or what went wrong, and then stillwatch_mark_last_error tells it in words on the same thread.
 * All functions may be called from any thread at the same time, also with the same handle. Nothing is kept between steps: whether a
 * context was marked before is told from the text, so sequences may fork, pause and go without a word.
 */
#ifndef STILLWATCH_MARK_H
#define STILLWATCH_MARK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What this header describes. Functions and members are only ever added; a change of meaning is another number. */
#define STILLWATCH_MARK_ABI 1

enum {
  STILLWATCH_MARK_OK = 0,
  STILLWATCH_MARK_NULL = 1,     /* a pointer that may not be null is */
  STILLWATCH_MARK_HANDLE = 2,   /* no such handle is open */
  STILLWATCH_MARK_ARGUMENT = 3, /* a number, name or size is out of range */
  STILLWATCH_MARK_LOGITS = 4,   /* no logit is finite, or one is not a number or positive infinity */
  STILLWATCH_MARK_FILE = 5,     /* the file cannot be read, holds no key, or others than its owner may read it */
  STILLWATCH_MARK_INTERNAL = 6  /* a defect of the library */
};

/* A key and how far to lean; 0 is none. */
typedef uint64_t stillwatch_mark;

typedef struct {
  uint32_t size;         /* sizeof(stillwatch_mark_options) */
  int32_t context_width; /* tokens before a token that its colour depends on, 0 to 4 */
  int32_t vocabulary;    /* number of logits, 1 to 16777216 */
  int32_t epoch;         /* of the label, with a master secret */
  double bias;           /* added to the logits of green tokens, up to 20; 0 changes no probability on average over keys */
  const char *tenant;    /* of the label, UTF-8; null is "default" */
  const char *cohort;
} stillwatch_mark_options;

/* The text of one sequence: the prompt, then what was drawn. */
typedef struct {
  const int64_t *tokens; /* may be null if count is 0 */
  size_t count;
  size_t prompt;         /* how many of them are the prompt */
} stillwatch_mark_text;

/* STILLWATCH_MARK_ABI of the library. */
int32_t stillwatch_mark_abi(void);

/* Opens a key: 16 secret bytes. */
int32_t stillwatch_mark_open_key(const uint8_t *key, size_t key_bytes, const stillwatch_mark_options *options, stillwatch_mark *mark);

/* Opens the key of a label from the file of a master secret ('stillwatch mark keygen'), or one key from a file of its own ('stillwatch
 * mark reveal'; its width has to be that of the options). Only its owner may read the file. */
int32_t stillwatch_mark_open_file(const char *path, const stillwatch_mark_options *options, stillwatch_mark *mark);

/* Closes; calls that are under way end first. */
int32_t stillwatch_mark_close(stillwatch_mark mark);

/* The key's id, 32 hexadecimal digits and a zero; empty where the key came without a label. It tells nothing about key or label. */
int32_t stillwatch_mark_id(stillwatch_mark mark, char *buffer, size_t buffer_bytes);

/* Changes the logits of one step in place so that their softmax is what a marked step draws from. The last thing to be done to them.
 * temperature: by which the host is yet to divide them, above 0; 1 where it has. Negative infinity excludes a token.
 * marked: 1 if the step is marked; 0 if its context is too short or was marked before, then nothing is changed. May be null. */
int32_t stillwatch_mark_process(stillwatch_mark mark, const stillwatch_mark_text *text, float *logits, size_t logits_count,
                                float temperature, int32_t *marked);

/* Draws a token. random: 64 fresh random bits at each step, not to be known to whoever gets the text. */
int32_t stillwatch_mark_sample(stillwatch_mark mark, const stillwatch_mark_text *text, const float *logits, size_t logits_count,
                               float temperature, uint64_t random, int32_t *token);

/* The colours of all tokens after a text, for hosts that do the arithmetic where the logits are: token t is green if bit t % 8 of byte
 * t / 8 is set. bits_bytes: at least (vocabulary + 7) / 8. */
int32_t stillwatch_mark_colours(stillwatch_mark mark, const stillwatch_mark_text *text, uint8_t *bits, size_t bits_bytes, int32_t *marked);

/* The bytes of the text of this thread's last error, without its zero; as much of it as there is room for is written, with a zero. */
size_t stillwatch_mark_last_error(char *buffer, size_t buffer_bytes);

#ifdef __cplusplus
}
#endif

#endif
