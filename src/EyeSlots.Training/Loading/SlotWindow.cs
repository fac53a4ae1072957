namespace EyeSlots.Training.Loading;

/// <summary>A window's faces while they are read and taken.</summary>
/// <param name="plan">Which faces, and in which order.</param>
internal sealed class SlotWindow(WindowPlan plan)
{
    private readonly EncodedSlot[] slots = new EncodedSlot[plan.Count];

    /// <summary>Which faces, and in which order.</summary>
    public WindowPlan Plan => plan;

    /// <summary>Sets the face at an index of the window.</summary>
    public void Set(int index, in EncodedSlot slot) => slots[index] = slot;

    /// <summary>Gives the face at a place of the epoch away.</summary>
    public EncodedSlot Take(int place)
    {
        var index = plan.IndexAt(place);
        var slot = slots[index];
        slots[index] = default;
        return slot;
    }
}
