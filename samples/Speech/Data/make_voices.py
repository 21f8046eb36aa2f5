#!/usr/bin/python3
"""Makes the recordings that the speech sample's data come from: sound files and a list of what is said in them.

    apt-get install asterisk-core-sounds-en asterisk-core-sounds-en-wav espeak-ng
    python3 make_voices.py /tmp/voices
    dotnet run -c Release --project .. -- --pack /tmp/voices

The first voice is recorded: Allison Smith's prompts for telephone exchanges, CC BY-SA 3.0. All others are synthetic: the same
texts spoken by espeak-ng, a formant synthesizer, in several accents and voices. A line of list.tsv is a file, its voice, what
the voice is for (learn, watch, test; of the recorded voice every sixth prompt is for the test), and the text.
"""
import gzip, pathlib, random, re, subprocess, sys, wave

SOUNDS = pathlib.Path("/usr/share/asterisk/sounds/en_US_f_Allison")
TEXTS = "/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz"
RECORDED = "recorded"
LONGEST = 2.5      # seconds
PROMPTS = 130      # of each synthetic voice
VOICES = {
    "learn": ["en-us+m1", "en-gb+f1", "en-us+f2", "en-gb-x-rp+m2", "en-us+m3", "en-gb-scotland+f3", "en-029+m4", "en-us+f4",
              "en-gb+m5", "en-us+m6", "en-gb-x-gbclan+f5", "en-us+m7", "en-us+Annie", "en-gb+david"],
    "watch": ["en-gb+m8"],
    "test": ["en-us+linda", "en-us+michael", "en-gb+Andrea"],
}


def read_prompts():
    """The prompts that are short, without digits, notes and single letters: their path and text."""
    for line in gzip.open(TEXTS, "rt", encoding="utf-8"):
        name, _, text = line.partition(":")
        path = SOUNDS / (name.strip() + ".wav")
        if line.startswith(";") or not text or not path.exists() or name.startswith(("letters", "silence")) or re.search(r"[\[\]\d/]", text):
            continue
        words = re.sub(r"[^a-z' ]+", " ", text.lower().replace("’", "'")).split()
        with wave.open(str(path)) as sound:
            seconds = sound.getnframes() / sound.getframerate()
        if words and seconds <= LONGEST and len(" ".join(words)) > 1:
            yield path, " ".join(words)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(1)
    prompts, known = [], set()
    for path, text in read_prompts():
        if text not in known:
            known.add(text)
            prompts.append((path, text))
    with open(folder / "list.tsv", "w", encoding="utf-8") as listing:
        for number, (path, text) in enumerate(prompts):
            print(path, RECORDED, "test" if number % 6 == 5 else "learn", text, sep="\t", file=listing)
        for use, voices in VOICES.items():
            for voice in voices:
                speed, pitch = draw.randint(125, 155), draw.randint(35, 65)
                for number, (_, text) in enumerate(draw.sample(prompts, min(PROMPTS, len(prompts)))):
                    path = folder / f"{voice}-{number}.wav"
                    subprocess.run(["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-w", str(path), text], check=True)
                    print(path, voice, use, text, sep="\t", file=listing)
    print(len(prompts), "prompts")


main()
