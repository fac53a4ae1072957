namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>
/// Who is on which photograph: a pure function of options and index. A person has five photographs in a row, all in one list; whoever
/// stands beside is on that one only.
/// </summary>
internal static class Cast
{
    private const int PhotographsOfAPerson = 5;

    /// <summary>The number of the person on a photograph, of those who have several.</summary>
    public static int PersonOf(int index) => index / PhotographsOfAPerson;

    /// <summary>The list that a photograph belongs to: the person's, or for every second one of a leaked person another.</summary>
    public static SynthSet SetOf(SynthOptions options, int index)
    {
        var random = RandomOf(options, PersonOf(index), Draw.Set);
        var set = random.NextDouble() switch { < 0.8 => SynthSet.Training, < 0.9 => SynthSet.Validation, _ => SynthSet.Test };
        return random.NextDouble() < options.Leaks && index % 2 == 1 ? Leaked.From(set, random) : set;
    }

    /// <summary>The faces on a photograph, each null where all faces look alike.</summary>
    public static Portrait?[] On(SynthOptions options, int index, int faces)
    {
        var portraits = new Portrait?[faces];
        if (options.Variety == 0) return portraits;
        for (var face = 0; face < faces; face++)
        {
            var person = Person.Draw(new(face == 0 ? RandomOf(options, PersonOf(index), Draw.Person) : RandomOf(options, index, Draw.Bystander), options.Variety));
            portraits[face] = new(person, Shot.Draw(new(RandomOf(options, (2 * index) + face, Draw.Shot), options.Variety)));
        }

        return portraits;
    }

    /// <summary>The light of a photograph, or null where it is even.</summary>
    public static Light? LightOf(SynthOptions options, int index) =>
        options.Variety == 0 ? null : Light.Draw(new(RandomOf(options, index, Draw.Light), options.Variety));

    private static Random RandomOf(SynthOptions options, int of, Draw draw) => new(unchecked((options.Seed * 1_000_003) + (of * 104_729) + ((int)draw * 15_485_863)));

    // Each kind of draw has numbers of its own, so that one more of one kind leaves the others as they are.
    private enum Draw
    {
        Set = 1, Person, Bystander, Shot, Light,
    }
}
