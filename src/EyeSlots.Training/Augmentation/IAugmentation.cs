namespace EyeSlots.Training.Augmentation;

/// <summary>One way to alter faces while a network trains on them. Pure, for any number of threads.</summary>
internal interface IAugmentation
{
    /// <summary>The number of its random numbers. No two have the same, and none ever changes, so that a seed gives the same faces again.</summary>
    ulong Stream { get; }

    /// <summary>How much; 0 turns it off.</summary>
    double Amount { get; }

    /// <summary>Alters a face that others have altered before.</summary>
    /// <param name="before">What was done to it.</param>
    /// <param name="random">Random numbers of this augmentation for this face in this epoch.</param>
    Alteration Alter(in Alteration before, RandomStream random);
}
