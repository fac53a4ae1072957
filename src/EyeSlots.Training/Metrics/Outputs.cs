namespace EyeSlots.Training.Metrics;

/// <summary>One of something for each output of a model.</summary>
/// <typeparam name="T">A number, a prediction for each face, metrics.</typeparam>
/// <param name="Valence">Valence's.</param>
/// <param name="Arousal">Arousal's.</param>
public readonly record struct Outputs<T>(T Valence, T Arousal)
{
    /// <summary>The same made of both.</summary>
    public Outputs<TResult> Select<TResult>(Func<T, TResult> make) => new(make(Valence), make(Arousal));

    /// <summary>The same made of both and of another pair.</summary>
    public Outputs<TResult> Zip<TOther, TResult>(Outputs<TOther> other, Func<T, TOther, TResult> make) =>
        new(make(Valence, other.Valence), make(Arousal, other.Arousal));
}
